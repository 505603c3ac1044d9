import { Modal } from '@mantine/core';
import { Search } from 'lucide-react';
import { Fragment, type KeyboardEvent, useId, useState } from 'react';
import { useNavigate } from 'react-router';
import { Kbd } from '@/components/Kbd';
import { addressOf } from '@/lib/base';
import { KeyLayer } from '@/lib/keys';
import { show } from '../overlays';
import { pieces } from './match';
import styles from './Palette.module.css';
import { type Entry, useEntries } from './useEntries';

/** ⌘K: find a record or run a command. Records first, then actions, matches underlined. */
export function Palette({ opened }: { opened: boolean }) {
  return (
    <Modal
      opened={opened}
      onClose={() => show(null)}
      withCloseButton={false}
      size={642}
      yOffset="14vh"
      padding={0}
      radius="lg"
      transitionProps={{ transition: 'fade-down', duration: 180 }}
      classNames={{ content: styles.content, body: styles.body }}
      attributes={{ content: { 'aria-label': 'Search or run a command' } }}
    >
      <KeyLayer>
        <Finder />
      </KeyLayer>
    </Modal>
  );
}

function Finder() {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const navigate = useNavigate();
  const entries = useEntries(typed);
  const current = Math.min(at, entries.length - 1);

  function choose(entry: Entry | undefined, newTab: boolean) {
    if (!entry) return;
    show(null);
    if (entry.to && newTab) window.open(addressOf(entry.to), '_blank', 'noopener');
    else if (entry.to) navigate(entry.to);
    else entry.run?.();
  }

  function onKeyDown(event: KeyboardEvent) {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step) setAt((current + step + entries.length) % Math.max(1, entries.length));
    else if (event.key === 'Enter') choose(entries[current], event.metaKey || event.ctrlKey);
    else return;
    event.preventDefault();
  }

  return (
    <>
      <div className={styles.field}>
        <Search size={18} strokeWidth={1.6} aria-hidden />
        <input
          data-autofocus
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
          placeholder="Search or run a command"
          role="combobox"
          aria-label="Search or run a command"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={entries.length ? `${id}-${current}` : undefined}
          autoComplete="off"
          spellCheck={false}
        />
        <Kbd keys="Escape" />
      </div>
      <div id={`${id}-list`} className={styles.list} role="listbox" aria-label="Results">
        {entries.map((entry, index) => (
          <Fragment key={entry.id}>
            {entry.group !== entries[index - 1]?.group && (
              <p className={styles.group}>{entry.group}</p>
            )}
            <Option
              id={`${id}-${index}`}
              entry={entry}
              active={index === current}
              onPoint={() => setAt(index)}
              onChoose={(newTab) => choose(entry, newTab)}
            />
          </Fragment>
        ))}
        {entries.length === 0 && <p className={styles.nothing}>Nothing matches “{typed}”.</p>}
      </div>
      <Foot />
    </>
  );
}

interface OptionProps {
  id: string;
  entry: Entry;
  active: boolean;
  onPoint: () => void;
  onChoose: (newTab: boolean) => void;
}

function Option({ id, entry, active, onPoint, onChoose }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the field, which keeps the focus.
    // biome-ignore lint/a11y/useFocusableInteractive: as above.
    <div
      id={id}
      ref={active ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
      role="option"
      aria-selected={active}
      className={styles.option}
      onPointerMove={onPoint}
      onClick={(event) => onChoose(event.metaKey || event.ctrlKey)}
    >
      {entry.mark}
      <span className={styles.text}>
        {pieces(entry.text, entry.ranges).map(({ text, hit }) =>
          hit ? <mark key={text}>{text}</mark> : text,
        )}
      </span>
      <span className={styles.right}>
        {entry.right}
        {active && <Kbd keys="Enter" />}
      </span>
    </div>
  );
}

function Foot() {
  return (
    <div className={styles.foot} aria-hidden>
      <span>
        <Kbd keys="ArrowUp ArrowDown" /> choose
      </span>
      <span>
        <Kbd keys="Enter" /> open
      </span>
      <span>
        <Kbd keys="mod+Enter" /> new tab
      </span>
      <span className={styles.tips}>
        Type <Kbd keys=">" /> for actions, <Kbd keys="INC" /> to jump
      </span>
    </div>
  );
}
