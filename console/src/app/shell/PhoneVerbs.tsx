import type { LucideIcon } from 'lucide-react';
import { Link } from 'react-router';
import styles from './PhoneVerbs.module.css';

export interface PhoneVerb {
  label: string;
  icon: LucideIcon;
  /** The first verb may be the primary: wide, in ink. */
  primary?: boolean;
  run?: () => void;
  to?: string;
}

/** The verbs of a screen at the foot of a phone; wider screens have them elsewhere. */
export function PhoneVerbs({ verbs }: { verbs: readonly PhoneVerb[] }) {
  return (
    <div className={styles.place}>
      {verbs.map(({ label, icon: Icon, primary, run, to }) => {
        const inside = (
          <>
            <Icon size={primary ? 18 : 16} strokeWidth={1.6} aria-hidden />
            {label}
          </>
        );
        const look = { className: styles.verb, 'data-primary': primary || undefined };
        return to ? (
          <Link key={label} to={to} {...look}>
            {inside}
          </Link>
        ) : (
          <button key={label} type="button" onClick={run} {...look}>
            {inside}
          </button>
        );
      })}
    </div>
  );
}
