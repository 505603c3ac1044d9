import type { ComponentPropsWithoutRef, ReactNode } from 'react';
import styles from './small.module.css';

/** A raised surface: a border in the dark, one soft shadow in the light. */
export function Card({ children, ...rest }: ComponentPropsWithoutRef<'div'>) {
  return (
    <div className={styles.card} {...rest}>
      {children}
    </div>
  );
}

interface PanelProps {
  title: string;
  /** Beside the title: "4 of 12 incidents". */
  note?: ReactNode;
  /** At the right end: keys, a link. */
  right?: ReactNode;
  children: ReactNode;
}

/** A titled part of a page, without a frame. */
export function Panel({ title, note, right, children }: PanelProps) {
  return (
    <section className={styles.panel}>
      <header>
        <h2>{title}</h2>
        {note && <span className={styles.note}>{note}</span>}
        {right && <span className={styles.right}>{right}</span>}
      </header>
      {children}
    </section>
  );
}

interface Fact {
  name: string;
  value: ReactNode;
}

/** Names and values in two columns with a line between the rows. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
