import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import styles from './small.module.css';

interface Choice<T extends string> {
  value: T;
  label: ReactNode;
}

interface Props<T extends string> {
  /** What is chosen here, spoken: "View". */
  label: string;
  value: T;
  onChange: (value: T) => void;
  choices: readonly Choice<T>[];
}

/** One of a few, side by side. */
export function Segmented<T extends string>({ label, value, onChange, choices }: Props<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame.
    <div className={styles.segments} role="group" aria-label={label}>
      {choices.map((choice) => (
        <button
          key={choice.value}
          type="button"
          aria-pressed={choice.value === value}
          onClick={() => onChange(choice.value)}
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}

/** The same, where each choice is an address. */
export function SegmentedLinks({
  label,
  links,
}: {
  label: string;
  links: readonly { to: string; label: ReactNode }[];
}) {
  return (
    <nav className={styles.segments} aria-label={label}>
      {links.map(({ to, label: name }) => (
        <NavLink key={to} to={to} end>
          {name}
        </NavLink>
      ))}
    </nav>
  );
}
