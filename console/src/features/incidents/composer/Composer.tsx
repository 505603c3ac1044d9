import { Lock, type LucideIcon, MessageSquare, Radio } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Kbd } from '@/components/Kbd';
import { type IncidentDetail, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import styles from './composer.module.css';
import { readDraft, type Writing } from './draft';
import { InternalWriting } from './InternalWriting';
import { PublicWriting } from './PublicWriting';

const tabs: readonly { writing: Writing; name: string; keys: string; icon: LucideIcon }[] = [
  { writing: 'comment', name: 'Comment', keys: 'm', icon: MessageSquare },
  { writing: 'note', name: 'Internal note', keys: 'n', icon: Lock },
  { writing: 'public', name: 'Public update', keys: 'u', icon: Radio },
];

interface Props {
  incident: IncidentDetail;
  /** How many notes and comments there are; they stay in. */
  notes: number;
  /** Begin with the hands on the text. */
  focused?: boolean;
  onDone?: () => void;
}

const refusal = 'You may look but not change this. Ask an ITSM manager.';

/** Where a draft lies; without one, where nothing leaves the building. */
function begun(ref: string): Writing {
  const writings: readonly Writing[] = ['public', 'note', 'comment'];
  return writings.find((each) => readDraft(ref, each, Date.now()).text !== '') ?? 'comment';
}

/** Where everything about an incident is written: to colleagues, for the record, or to the world. */
export function Composer({ incident, notes, focused = false, onDone }: Props) {
  const [writing, setWriting] = useState<Writing>(() => (focused ? 'public' : begun(incident.id)));
  const [asked, setAsked] = useState(focused ? 1 : 0);
  const frame = useRef<HTMLElement>(null);
  const may = { write: useMay('incidents.comment'), publish: useMay('incidents.update') };
  const refused = (each: Writing) =>
    (each === 'comment' ? may.write : may.publish) ? null : refusal;

  useEffect(() => {
    if (asked) frame.current?.querySelector('textarea')?.focus();
  }, [asked]);

  function go(to: Writing) {
    setWriting(to);
    setAsked((times) => times + 1);
  }

  useKeys(
    tabs.map(({ writing: each, name, keys }) => ({
      keys,
      label: `Write: ${name.toLowerCase()}`,
      group: 'Write' as const,
      refused: refused(each),
      run: () => go(each),
    })),
  );

  function walk(event: KeyboardEvent) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex((tab) => tab.writing === writing);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    setWriting(next.writing);
    frame.current?.querySelector<HTMLElement>(`[data-tab="${next.writing}"]`)?.focus();
  }

  if (!may.write && !may.publish) return null;
  return (
    <section ref={frame} className={styles.composer} aria-label="Write">
      <div className={styles.tabs} role="tablist" aria-label="What to write">
        {tabs.map(({ writing: each, name, keys, icon: Icon }) => (
          <button
            key={each}
            type="button"
            role="tab"
            data-tab={each}
            aria-selected={each === writing}
            tabIndex={each === writing ? 0 : -1}
            onClick={() => setWriting(each)}
            onKeyDown={walk}
          >
            <Icon size={15} strokeWidth={1.6} aria-hidden />
            {name}
            <span aria-hidden className={styles.hint}>
              <Kbd keys={keys} />
            </span>
          </button>
        ))}
      </div>
      {writing === 'public' ? (
        <PublicWriting
          key={incident.id}
          incident={incident}
          notes={notes}
          refused={refused('public')}
          onDone={onDone}
        />
      ) : (
        <InternalWriting
          key={`${incident.id} ${writing}`}
          incident={incident}
          writing={writing}
          refused={refused(writing)}
          onDone={onDone}
        />
      )}
    </section>
  );
}
