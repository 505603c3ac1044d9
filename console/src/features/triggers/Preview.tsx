import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/Button';
import { Loaded } from '@/components/Loaded';
import { Skeleton } from '@/components/Skeleton';
import type { TriggerPreview } from '@/lib/api';
import { exact, millis, moment, span, useNow } from '@/lib/time';
import { Chart } from './Chart';
import { previewQuery, type Tried } from './queries';
import styles from './triggers.module.css';
import { coverageSentence, previewSentence } from './words';

const few = 5;

/** When would it have fired? The last seven days, before anything is saved. */
export function Preview({ tried }: { tried: Tried | null }) {
  const query = useQuery(previewQuery(tried));
  if (!tried) return null;
  return (
    <Loaded
      query={query}
      what="the last 7 days"
      skeleton={<Skeleton what="the last 7 days" lines={5} />}
    >
      {(preview) => <Found preview={preview} />}
    </Loaded>
  );
}

function Found({ preview }: { preview: TriggerPreview }) {
  const limits = coverageSentence(preview);
  return (
    <>
      <p className={styles.answer} role="status">
        <strong>{previewSentence(preview)}</strong> {limits}
      </p>
      {preview.evaluated > 0 &&
        preview.charts.map((chart) => <Chart key={chart.metric} chart={chart} preview={preview} />)}
      <Spans preview={preview} />
    </>
  );
}

function Spans({ preview: { spans } }: { preview: TriggerPreview }) {
  const [all, setAll] = useState(false);
  const now = useNow();
  if (spans.length === 0) return null;
  const newest = spans.toReversed();
  return (
    <>
      <ul className={styles.spans} aria-label="Times at which it would have fired">
        {(all ? newest : newest.slice(0, few)).map(({ fired_at, cleared_at, reason }) => (
          <li key={fired_at}>
            <time dateTime={fired_at} title={exact(millis(fired_at))} className="tabular">
              {moment(millis(fired_at), now)}
            </time>
            <span className="tabular">
              {cleared_at ? span(millis(cleared_at) - millis(fired_at)) : 'until now'}
            </span>
            <span>{reason}</span>
          </li>
        ))}
      </ul>
      {!all && spans.length > few && (
        <div>
          <Button tone="quiet" onClick={() => setAll(true)}>
            Show all {spans.length}
          </Button>
        </div>
      )}
    </>
  );
}
