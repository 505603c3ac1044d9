import { type ReactNode, useState } from 'react';
import styles from './page.module.css';

interface Tab {
  name: string;
  count?: number;
  content: ReactNode;
}

/** On a phone one side of the incident at a time. */
export function PhoneTabs({ tabs }: { tabs: readonly Tab[] }) {
  const [at, setAt] = useState(0);
  return (
    <>
      <div className={styles.phoneTabs} role="tablist" aria-label="Sides of the incident">
        {tabs.map(({ name, count }, index) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={index === at}
            onClick={() => setAt(index)}
          >
            {name}
            {count ? ` ${count}` : ''}
          </button>
        ))}
      </div>
      <div className={styles.main} role="tabpanel" aria-label={tabs[at]?.name}>
        {tabs[at]?.content}
      </div>
    </>
  );
}
