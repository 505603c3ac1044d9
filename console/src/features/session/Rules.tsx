import { Check, Circle } from 'lucide-react';
import { passwordRules } from './rules';
import styles from './session.module.css';

/** What a new password must be, ticked off while it is typed. */
export function Rules({ password, email }: { password: string; email: string }) {
  return (
    <ul className={styles.rules} aria-label="Rules for the password">
      {passwordRules(password, email).map(({ words, kept }) => {
        const Icon = kept ? Check : Circle;
        return (
          <li key={words} data-kept={kept || undefined}>
            <Icon size={14} strokeWidth={1.8} aria-hidden /> {words}
            {kept && <span className="visually-hidden">, kept</span>}
          </li>
        );
      })}
    </ul>
  );
}
