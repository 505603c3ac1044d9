import { ago, exact, moment, useNow } from '@/lib/time';

/** "Offline. Shown as of Yesterday 10:17, 14 h ago.": never the present, always dated. */
export function OfflineWords({ asOf }: { asOf: number | null }) {
  const now = useNow();
  if (asOf === null) return <>Offline. The server cannot be reached.</>;
  return (
    <>
      Offline. Shown as of{' '}
      <time dateTime={new Date(asOf).toISOString()} title={exact(asOf)}>
        {moment(asOf, now)}
      </time>
      , {ago(asOf, now)}.
    </>
  );
}
