import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Kbd } from '@/components/Kbd';
import { useKeys } from '@/lib/keys';
import styles from './filters.module.css';

interface Props {
  /** What is searched: "Find in titles". */
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const pause = 250;

/** Words that must be in what is listed; takes effect when the typing rests, `/` goes there. */
export function SearchField({ label, value, onChange }: Props) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const tell = useRef(onChange);
  useEffect(() => {
    tell.current = onChange;
  });
  useEffect(() => {
    if (typed === value) return;
    const timer = setTimeout(() => tell.current(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed, value]);
  useKeys([{ keys: '/', label, group: 'Move', silent: true, run: () => input.current?.focus() }]);
  return (
    <span className={styles.search}>
      <Search size={14} strokeWidth={1.6} aria-hidden />
      <input
        ref={input}
        type="search"
        aria-label={label}
        placeholder={label}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          setTyped('');
          event.currentTarget.blur();
        }}
        spellCheck={false}
        autoComplete="off"
      />
      <span aria-hidden>
        <Kbd keys="/" />
      </span>
    </span>
  );
}
