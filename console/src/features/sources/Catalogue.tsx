import { useQuery } from '@tanstack/react-query';
import { Check, ListChecks, Plus } from 'lucide-react';
import { type KeyboardEvent, type Ref, useImperativeHandle, useRef } from 'react';
import { IconButton } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { Kbd } from '@/components/Kbd';
import { Loaded } from '@/components/Loaded';
import { type CatalogueEntry, type Service, sentenceOf } from '@/lib/api';
import { hostOf, looksLikeAddress } from '@/lib/naming';
import { toast } from '@/lib/toasts';
import { categoryWords } from '@/lib/words';
import { bestOf, matching, shelves } from './finding';
import { catalogueQuery, useAddService, useTakeBack } from './queries';
import styles from './sources.module.css';

export interface CatalogueHandle {
  /** Adds what Enter would add. */
  addBest: () => void;
  focus: () => void;
}

interface Props {
  typed: string;
  onAdded: (service: Service) => void;
  /** Looks at the entry's page, to choose parts of it. */
  onLook: (url: string) => void;
  ref: Ref<CatalogueHandle>;
}

/** Well-known services by category; one press adds one. */
export function Catalogue(props: Props) {
  const query = useQuery(catalogueQuery);
  return (
    <Loaded query={query} what="Catalogue">
      {(items) => <Shelves items={items} {...props} />}
    </Loaded>
  );
}

function useTake(onAdded: Props['onAdded']) {
  const adding = useAddService();
  const back = useTakeBack();
  const take = (entry: CatalogueEntry) => {
    if (adding.isPending) return;
    if (entry.added) return void toast(`${entry.name} is watched already`, { tone: 'refused' });
    adding.mutate(entry.service, {
      onSuccess: (service) => {
        toast(`${service.name} added`, { undo: () => back.mutate(service.id) });
        onAdded(service);
      },
      onError: (error) => void toast(sentenceOf(error), { tone: 'failed' }),
    });
  };
  return { take, busyWith: adding.isPending ? adding.variables.id : null };
}

function Shelves({
  items,
  typed,
  onAdded,
  onLook,
  ref,
}: Props & { items: readonly CatalogueEntry[] }) {
  const { take, busyWith } = useTake(onAdded);
  const box = useRef<HTMLDivElement>(null);
  const found = matching(items, typed);
  const best = bestOf(found, typed);
  useImperativeHandle(ref, () => ({
    addBest: () => best && take(best),
    focus: () => box.current?.querySelector<HTMLElement>('[data-entry]')?.focus(),
  }));

  if (found.length === 0) {
    return looksLikeAddress(typed) ? null : (
      <EmptyState title={`The list knows no “${typed.trim()}”.`}>
        Paste the address of its status page, or of the website itself.
      </EmptyState>
    );
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows only move the focus between its buttons.
    <div className={styles.shelves} ref={box} onKeyDown={walk}>
      {shelves(found, best).map(({ category, entries }) => (
        <section key={category} aria-label={categoryWords[category]}>
          <h2>
            {categoryWords[category]} <span>{entries.length}</span>
          </h2>
          <ul>
            {entries.map((entry) => (
              <Entry
                key={entry.id}
                entry={entry}
                best={entry === best && !looksLikeAddress(typed)}
                busy={entry.id === busyWith}
                onTake={take}
                onLook={onLook}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Arrow keys walk through the entries in order. */
function walk(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-entry]')];
  const at = all.indexOf(document.activeElement as HTMLElement);
  all[(at + step + all.length) % all.length]?.focus();
  event.preventDefault();
}

interface EntryProps {
  entry: CatalogueEntry;
  best: boolean;
  busy: boolean;
  onTake: (entry: CatalogueEntry) => void;
  onLook: (url: string) => void;
}

function Entry({ entry, best, busy, onTake, onLook }: EntryProps) {
  const { name, url, added } = entry;
  const Icon = added ? Check : Plus;
  return (
    <li className={styles.entry} data-best={best || undefined} data-added={added || undefined}>
      <button type="button" data-entry aria-busy={busy || undefined} onClick={() => onTake(entry)}>
        <Icon size={16} strokeWidth={1.6} aria-hidden />
        <span className={styles.entryWords}>
          <strong>
            {!added && <span className="visually-hidden">Add </span>}
            {name}
          </strong>
          <small>{added ? 'Added' : hostOf(url ?? '')}</small>
        </span>
        {best && !added && (
          <span aria-hidden>
            <Kbd keys="Enter" />
          </span>
        )}
      </button>
      {url && !added && (
        <IconButton
          icon={ListChecks}
          label={`Choose parts of ${name}`}
          onClick={() => onLook(url)}
        />
      )}
    </li>
  );
}
