import { Link } from 'react-router';
import { SmallStrip } from '@/components/bars/SmallStrip';
import { FlappingTag } from '@/components/FlappingTag';
import { Reference } from '@/components/Reference';
import { RelativeTime } from '@/components/RelativeTime';
import type { RowState } from '@/components/rows/useRowCursor';
import { StatusChip } from '@/components/StatusChip';
import { isBrief, type Service, type Summary, useMay } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { cellsBetween, recentWords } from '@/lib/strips';
import { useNow } from '@/lib/time';
import { useLit } from '@/lib/useLit';
import { categoryWords, phaseWords, troubleWords } from '@/lib/words';
import styles from './Board.module.css';
import { lastKnown, noticedBy } from './layout';

const twoHours = 2 * 3_600_000;
const cells = 24;

export type OpenIncident = Summary['incidents'][number];

interface Props {
  service: Service;
  /** The open incident that names it. */
  incident: OpenIncident | undefined;
  state: RowState;
}

/** One service that needs a look: what, how it hurts, the last two hours, since when and who says so. */
export function ServiceCard({ service, incident, state: row }: Props) {
  const state = stateOf(service);
  const blind = state === 'poller_broken';
  const lit = useLit(service.status);
  const words = blind
    ? [service.detail, lastKnown(service)].filter(Boolean).join(' ')
    : troubleWords(service);
  return (
    <li
      ref={row.element}
      className={lit ? `${styles.card} lit` : styles.card}
      data-state={state}
      data-cursor={row.cursor || undefined}
      onFocus={row.take}
    >
      <div className={styles.head}>
        <Link to={`/services/${service.id}`} className={styles.name} data-row-link>
          {service.name}
        </Link>
        <StatusChip state={state} />
      </div>
      {words && <p className={styles.words}>{words}</p>}
      <RecentStrip service={service} />
      <div className={styles.foot}>
        {blind ? <BlindFoot service={service} /> : <Foot service={service} incident={incident} />}
      </div>
    </li>
  );
}

function RecentStrip({ service }: { service: Service }) {
  const now = useNow();
  return (
    <SmallStrip
      kind="line"
      label={`Last 2 h: ${recentWords(service.recent)}`}
      cells={cellsBetween(service.recent, now - twoHours, now, cells)}
    />
  );
}

function Foot({ service, incident }: Omit<Props, 'state'>) {
  return (
    <>
      <Named incident={incident} />
      {service.status_since && <RelativeTime at={service.status_since} as="since" />}
      <span className={styles.source}>
        {service.flapping ? <FlappingTag service={service} /> : noticedBy(service)}
      </span>
    </>
  );
}

/** Its reference for members; for strangers how far the work is. */
function Named({ incident }: Pick<Props, 'incident'>) {
  const mayKnow = useMay('incidents.read');
  // A stranger is not told of incidents inside: silence would be taken for "none".
  if (!incident) return mayKnow ? <span>No incident</span> : null;
  if (!isBrief(incident)) return <span>{phaseWords[incident.phase]}</span>;
  return (
    <Link to={`/incidents/${incident.id}`} className={styles.incident}>
      <Reference>{incident.id}</Reference>
    </Link>
  );
}

function BlindFoot({ service }: { service: Service }) {
  const since = service.last_good_at;
  return (
    <>
      <span>{categoryWords[service.category]}</span>
      <span className={styles.source}>
        {since ? (
          <>
            blind for <RelativeTime at={since} as="since" />
          </>
        ) : (
          'never seen'
        )}
      </span>
    </>
  );
}
