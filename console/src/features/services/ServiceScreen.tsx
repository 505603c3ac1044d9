import type { ReactNode } from 'react';
import { BarStrip } from '@/components/bars/BarStrip';
import { SegmentStrip } from '@/components/bars/SegmentStrip';
import { Card, Panel } from '@/components/Card';
import { FlappingTag } from '@/components/FlappingTag';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusChip } from '@/components/StatusChip';
import { Tag } from '@/components/Tag';
import type { ServiceDetail } from '@/lib/api';
import { stateOf } from '@/lib/state';
import { useNow } from '@/lib/time';
import { categoryWords, stateWords, troubleWords } from '@/lib/words';
import { Changes } from './Changes';
import { Impact } from './Impact';
import styles from './Service.module.css';
import { Why } from './Why';
import { serviceSentence } from './words';

const twoHours = 2 * 3_600_000;

interface Props {
  service: ServiceDetail;
  /** What other rooms have to say, before the reasons. */
  children?: ReactNode;
}

/** One service: how it is, why that is believed, and what changed. */
export function ServiceScreen({ service, children }: Props) {
  return (
    <div className={styles.screen}>
      <Head service={service} />
      <Strips service={service} />
      {service.impact.length > 0 && <Impact reached={service.impact} />}
      {children}
      {service.decisions && <Why service={service} />}
      <Changes events={service.events} />
    </div>
  );
}

function Head({ service }: { service: ServiceDetail }) {
  const state = stateOf(service);
  const words = troubleWords(service) || service.description;
  return (
    <header>
      <div className={styles.marks}>
        <StatusChip state={state} />
        {service.maintenance && state !== 'maintenance' && <StatusChip state="maintenance" />}
        <Tag>{categoryWords[service.category]}</Tag>
        <Tag>Tier {service.tier}</Tag>
        {service.visibility === 'internal' && <Tag kind="internal">Internal</Tag>}
        {service.flapping && <FlappingTag service={service} />}
        {service.set_by_hand && <Tag strong>Set by hand</Tag>}
      </div>
      <h1 className={styles.sentence}>{serviceSentence(service)}</h1>
      {words && <p className={styles.words}>{words}</p>}
      <p className={styles.since}>
        <Since service={service} />
      </p>
    </header>
  );
}

function Since({ service }: { service: ServiceDetail }) {
  const { last_good_at, last_good_status, status_since } = service;
  if (service.poller_health === 'broken') {
    if (!last_good_at || !last_good_status) return 'Its feed has never answered.';
    return (
      <>
        Blind for <RelativeTime at={last_good_at} as="since" />. Last known:{' '}
        {stateWords[last_good_status].toLowerCase()}.
      </>
    );
  }
  if (!status_since) return 'No data yet. The first check is running.';
  return (
    <>
      Since <RelativeTime at={status_since} as="moment" />, for{' '}
      <RelativeTime at={status_since} as="since" />
    </>
  );
}

function Strips({ service }: { service: ServiceDetail }) {
  const now = useNow();
  return (
    <div className={styles.strips}>
      <Card>
        <Panel title="Last 2 hours" note="as observed">
          <SegmentStrip
            label={`${service.name}, last 2 hours`}
            segments={service.recent}
            from={now - twoHours}
            to={now}
          />
        </Panel>
      </Card>
      <Card>
        <Panel title="Last 7 days" note="worst confirmed state of each day">
          <BarStrip label={`${service.name}, last 7 days`} days={service.days} />
        </Panel>
      </Card>
    </div>
  );
}
