import { Menu } from '@mantine/core';
import { Check, ChevronDown, X } from 'lucide-react';
import { useState } from 'react';
import { listed } from '@/lib/words';
import styles from './filters.module.css';

export interface FilterChoice {
  value: string;
  label: string;
}

interface Props {
  /** What is filtered: "State". */
  name: string;
  /** What is let through; nothing chosen lets everything through. */
  chosen: readonly string[];
  choices: readonly FilterChoice[];
  onChange: (chosen: string[]) => void;
  /** Whether several may be chosen at once. */
  several?: boolean;
  /** The word for nothing chosen. */
  any?: string;
}

/** One filter of a list: what it lets through, a menu to change that, a cross to take it away. */
export function FilterChip({
  name,
  chosen,
  choices,
  onChange,
  several = false,
  any = 'any',
}: Props) {
  const [opened, setOpened] = useState(false);
  const labelOf = (value: string) =>
    choices.find((choice) => choice.value === value)?.label ?? value;

  function toggle(value: string) {
    const had = chosen.includes(value);
    if (several) onChange(had ? chosen.filter((each) => each !== value) : [...chosen, value]);
    else onChange(had ? [] : [value]);
  }

  return (
    <span className={styles.chip} data-active={chosen.length > 0 || undefined}>
      <Menu
        opened={opened}
        onChange={setOpened}
        closeOnItemClick={!several}
        position="bottom-start"
      >
        <Menu.Target>
          <button type="button" className={styles.open}>
            <span className={styles.name}>{name}</span>
            <span className={styles.value}>
              {chosen.length ? listed(chosen.map(labelOf)).replace(' and ', ', ') : any}
            </span>
            {chosen.length === 0 && <ChevronDown size={14} strokeWidth={1.6} aria-hidden />}
          </button>
        </Menu.Target>
        <Menu.Dropdown className={styles.menu}>
          {choices.length === 0 && <Menu.Label>Nothing to choose yet</Menu.Label>}
          {choices.map(({ value, label }) => (
            <Menu.Item
              key={value}
              role={several ? 'menuitemcheckbox' : 'menuitemradio'}
              aria-checked={chosen.includes(value)}
              rightSection={
                chosen.includes(value) ? <Check size={14} strokeWidth={2} aria-hidden /> : null
              }
              onClick={() => toggle(value)}
            >
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {chosen.length > 0 && (
        <button
          type="button"
          className={styles.clear}
          aria-label={`Any ${name.toLowerCase()}`}
          onClick={() => onChange([])}
        >
          <X size={13} strokeWidth={1.6} aria-hidden />
        </button>
      )}
    </span>
  );
}
