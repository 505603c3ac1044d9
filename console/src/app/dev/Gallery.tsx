import type { ReactNode } from 'react';
import styles from './Gallery.module.css';
import {
  Bars,
  Clocks,
  Marks,
  Panels,
  RowSamples,
  Statuses,
  TimelineSample,
  Verbs,
} from './samples';

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={styles.section}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

function Sheet({ scheme }: { scheme: 'dark' | 'light' }) {
  return (
    <div className={styles.sheet} style={{ colorScheme: scheme }}>
      <Section title="Status: shape, word, then colour">
        <Statuses />
      </Section>
      <Section title="Marks">
        <Marks />
      </Section>
      <Section title="Buttons: primary, secondary, hover, focus, disabled, quiet, asks once">
        <Verbs />
      </Section>
      <Section title="Clocks: running, paused, late, met">
        <Clocks />
      </Section>
      <Section title="Bar strip: mark under every day that was not operational">
        <Bars />
      </Section>
      <Section title="Rows: rest, cursor, selected, late">
        <RowSamples />
      </Section>
      <Section title="Timeline: public, internal, state, page, machine">
        <TimelineSample />
      </Section>
      <Section title="Loading, error, empty, undo">
        <Panels />
      </Section>
    </div>
  );
}

/** Every component in both schemes, for eyes; it is not part of what is built. */
export function Component() {
  return (
    <div className={styles.gallery}>
      <Sheet scheme="dark" />
      <Sheet scheme="light" />
    </div>
  );
}
