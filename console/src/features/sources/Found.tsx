import { useInterval } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { Button } from '@/components/Button';
import { StatusChip } from '@/components/StatusChip';
import { type Discovery, type SourceSuggestion, sentenceOf } from '@/lib/api';
import { kindName } from '@/lib/kinds';
import { hostOf, nameFrom } from '@/lib/naming';
import { count } from '@/lib/words';
import type { Keeping } from './Keep';
import styles from './sources.module.css';

const patience = 4;

/** Says who is being asked, and that it is still going on. */
export function Asking({ host }: { host: string }) {
  const [seconds, setSeconds] = useState(0);
  const clock = useInterval(() => setSeconds((before) => before + 1), 1000, { autoInvoke: true });
  useEffect(() => clock.stop, [clock.stop]);
  return (
    <div className={styles.found}>
      <p role="status">
        <strong>Asking {host} …</strong>{' '}
        {seconds >= patience && 'Still looking: every known kind of page is tried.'}
      </p>
      {seconds >= patience && <p className={styles.caption}>{seconds} s, at most 30</p>}
    </div>
  );
}

interface NothingProps {
  error: unknown;
  host: string;
  onAgain: () => void;
  onItself: () => void;
}

/** Nobody answers there: why, and what can be done. */
export function NothingFound({ error, host, onAgain, onItself }: NothingProps) {
  return (
    <div className={styles.found} role="alert">
      <strong>Nothing found at {host}.</strong>
      <p>{sentenceOf(error)}</p>
      <div className={styles.actions}>
        <Button onClick={onAgain}>Try again</Button>
        <Button tone="quiet" onClick={onItself}>
          Check whether it answers
        </Button>
      </div>
    </div>
  );
}

interface Props {
  found: Discovery;
  /** What is being kept now. */
  kept: Keeping | null;
  onKeep: (keeping: Keeping) => void;
  onAsk: (url: string) => void;
}

const keepingOf = (found: Discovery): Keeping | null =>
  found.source && {
    source: { ...found.source, kind: found.kind ?? '' },
    name: found.name ?? nameFrom(found.url),
    components: found.components,
  };

/** What an address turned out to be. */
export function Found({ found, kept, onKeep, onAsk }: Props) {
  // What was found is kept at once; a suggestion replaces it only when it is pressed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer.
  useEffect(() => {
    const keeping = keepingOf(found);
    if (keeping) onKeep(keeping);
  }, [found]);
  const { kind, url, detail, components, suggestions } = found;
  const sentence = kind
    ? [kindName(kind), components.length > 0 && count(components.length, 'component')]
    : [`${hostOf(url)} shows no status data.`];
  return (
    <div className={styles.found}>
      <div role="status">
        <div className={styles.foundHead}>
          <strong>{sentence.filter(Boolean).join(', ')}</strong>
          {kind && <StatusChip state={found.maintenance ? 'maintenance' : found.status} />}
        </div>
        <p>{detail}</p>
        <p className={styles.caption}>{url}</p>
        {found.note && <p>{found.note}</p>}
      </div>
      {suggestions.length > 0 && (
        <ul className={styles.suggestions} aria-label="Suggestions">
          {suggestions.map((one) => (
            <Suggestion key={`${one.kind} ${one.url}`} {...{ one, kept, onKeep, onAsk }} />
          ))}
        </ul>
      )}
      <Tried found={found} />
    </div>
  );
}

interface SuggestionProps extends Pick<Props, 'kept' | 'onKeep' | 'onAsk'> {
  one: SourceSuggestion;
}

function Suggestion({ one, kept, onKeep, onAsk }: SuggestionProps) {
  const { kind, url, name, reason } = one;
  const elsewhere = kind !== 'http' && url !== null && kept?.source.kind !== kind;
  const taken = kept?.source.kind === kind && kept.source.url === url;
  const keep = () =>
    onKeep({ source: { ...one.source, kind }, name: name ?? nameFrom(url ?? ''), components: [] });
  return (
    <li>
      <span>
        <strong>
          {kindName(kind)}
          {url && `, ${hostOf(url)}`}
        </strong>
        <small>{reason}</small>
      </span>
      {elsewhere ? (
        <Button onClick={() => onAsk(url)}>Look it up</Button>
      ) : (
        <Button aria-pressed={taken} onClick={keep}>
          {taken ? 'Chosen' : kind === 'http' ? 'Watch the website' : 'Use this'}
        </Button>
      )}
    </li>
  );
}

/** Everybody who was asked, and why they did not answer; folded where something was found. */
function Tried({ found }: { found: Discovery }) {
  const failed = found.tried.filter(({ failure }) => failure);
  if (failed.length === 0) return null;
  return (
    <details className={styles.tried}>
      <summary>What was tried: {count(found.tried.length, 'kind')}</summary>
      <ul>
        {failed.map(({ kind, url, failure }) => (
          <li key={`${kind} ${url}`}>
            <strong>{kindName(kind)}</strong> {failure}
          </li>
        ))}
      </ul>
    </details>
  );
}
