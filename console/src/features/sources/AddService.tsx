import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/components/Button';
import { TextField } from '@/components/fields';
import type { Service } from '@/lib/api';
import { hostOf, looksLikeAddress, nameFrom, withScheme } from '@/lib/naming';
import { Catalogue, type CatalogueHandle } from './Catalogue';
import { Asking, Found, NothingFound } from './Found';
import { Keep, type Keeping } from './Keep';
import { useDiscover } from './queries';
import styles from './sources.module.css';

interface Props {
  /** A service was added; `whole` when it was described here, and not taken from the list. */
  onAdded: (service: Service, whole: boolean) => void;
  /** The bigger fields of set-up. */
  size?: 'normal' | 'large';
}

/** One field for both ways: the name of a well-known service, or any address of a status page. */
export function AddService({ onAdded, size = 'normal' }: Props) {
  const [typed, setTyped] = useState('');
  const [kept, setKept] = useState<Keeping | null>(null);
  const looking = useDiscover();
  const list = useRef<CatalogueHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  // A frame later: the shell gives a new page the focus in the same commit.
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, []);
  const address = looksLikeAddress(typed);

  function ask(text: string) {
    setKept(null);
    looking.mutate(text.trim());
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'ArrowDown') list.current?.focus();
    else if (event.key !== 'Enter' || event.metaKey || event.ctrlKey) return;
    else if (address) ask(typed);
    else list.current?.addBest();
    event.preventDefault();
  }

  function onPaste(event: ClipboardEvent) {
    const text = event.clipboardData.getData('text').trim();
    if (typed.trim() || !looksLikeAddress(text)) return;
    event.preventDefault();
    setTyped(text);
    ask(text);
  }

  const itself = (url: string): Keeping => ({
    source: { kind: 'http', url },
    name: nameFrom(url),
    components: [],
  });

  return (
    <div className={styles.adding} data-size={size}>
      <div className={styles.line}>
        <TextField
          label="Name of a service or address of a status page"
          size={size}
          placeholder="GitHub, or status.vendor.example"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setKept(null);
            looking.reset();
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          ref={field}
        />
        {address && (
          <Button
            tone={looking.data ? 'secondary' : 'primary'}
            size={size}
            keys="Enter"
            busy={looking.isPending}
            onClick={() => ask(typed)}
          >
            Look it up
          </Button>
        )}
      </div>
      {looking.isPending && <Asking host={hostOf(typed)} />}
      {looking.error && !kept && (
        <NothingFound
          error={looking.error}
          host={hostOf(typed)}
          onAgain={() => ask(typed)}
          onItself={() => setKept(itself(withScheme(typed)))}
        />
      )}
      {looking.data && (
        <Found
          found={looking.data}
          kept={kept}
          onKeep={setKept}
          onAsk={(url) => {
            setTyped(url);
            ask(url);
          }}
        />
      )}
      {kept && (
        <Keep
          key={JSON.stringify(kept.source)}
          keeping={kept}
          size={size}
          onAdded={(service) => {
            setTyped('');
            setKept(null);
            looking.reset();
            onAdded(service, true);
          }}
        />
      )}
      {looking.isIdle && (
        <Catalogue
          ref={list}
          typed={typed}
          onAdded={(service) => {
            setTyped('');
            onAdded(service, false);
          }}
          onLook={(url) => {
            setTyped(url);
            ask(url);
          }}
        />
      )}
    </div>
  );
}
