import { Activity, Lock, type LucideIcon, Megaphone, Radio } from 'lucide-react';
import type { ReactNode } from 'react';
import styles from './badges.module.css';

const icons = {
  flapping: Activity,
  major: Megaphone,
  internal: Lock,
  public: Radio,
} satisfies Record<string, LucideIcon>;

interface Props {
  /** A known kind brings its icon. */
  kind?: keyof typeof icons;
  icon?: LucideIcon;
  /** Strong text, for the one tag that says the state. */
  strong?: boolean;
  /** More words on hover. */
  title?: string;
  children: ReactNode;
}

/** A small neutral label: "Flapping, 7 in 1 h", "Major", "Internal", "Public". */
export function Tag({ kind, icon, strong = false, title, children }: Props) {
  const Icon = icon ?? (kind && icons[kind]);
  return (
    <span className={styles.tag} title={title} data-strong={strong || undefined}>
      {Icon && <Icon size={13} strokeWidth={1.6} aria-hidden />}
      {children}
    </span>
  );
}
