import { useQuery } from '@tanstack/react-query';
import { Bell, BellOff, Check, Minus } from 'lucide-react';
import { Link } from 'react-router';
import { Card, Panel } from '@/components/Card';
import { FewFirst } from '@/components/FewFirst';
import { Loaded } from '@/components/Loaded';
import { RelativeTime } from '@/components/RelativeTime';
import type { AlertDecision, Why as Decided, ServiceDetail } from '@/lib/api';
import { exact, millis, moment, useNow } from '@/lib/time';
import { whyQuery } from './queries';
import styles from './Service.module.css';
import { measured, measuredLine, tellings, verdicts } from './words';

/** Why is it shown like this, and why did people (not) hear of it? The newest, then all before. */
export function Why({ service }: { service: ServiceDetail }) {
  const query = useQuery(whyQuery(service.id));
  const [newest] = service.decisions ?? [];
  return (
    <>
      {newest ? (
        <Panel title="Why" note={<RelativeTime at={newest.at} />}>
          <Card>
            <Newest decision={newest} />
          </Card>
        </Panel>
      ) : (
        <Panel title="Why">
          <p className={styles.quiet}>
            Nothing has been decided yet. The first answer starts the record.
          </p>
        </Panel>
      )}
      <Panel title="Why did I, or did I not, get an alert?" note="every decision, the newest first">
        <Loaded query={query} what="Decisions">
          {(items) =>
            items.length === 0 ? (
              <p className={styles.quiet}>Nothing was confirmed, so there was nothing to tell.</p>
            ) : (
              <FewFirst items={items} most={12} what="decisions">
                {(shown) => (
                  <ol className={styles.trail}>
                    {shown.map((item) => (
                      <Line key={item.id} item={item} />
                    ))}
                  </ol>
                )}
              </FewFirst>
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

function Newest({ decision }: { decision: AlertDecision }) {
  const figures = measured(decision);
  return (
    <>
      <p className={styles.reason}>{decision.sentence}</p>
      {figures.length > 0 && (
        <dl className={styles.figures}>
          {figures.map(({ name, seen, needed, enough }) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <span className={styles.seen} data-enough={enough || undefined}>
                  {seen}
                </span>{' '}
                <span className={styles.needed}>of {needed} needed</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}

function Line({ item }: { item: Decided }) {
  const { name, acted } = named(item);
  const Icon = item.about === 'alert' ? (acted ? Bell : BellOff) : acted ? Check : Minus;
  const at = millis(item.at);
  return (
    <li>
      <Icon size={14} strokeWidth={1.8} aria-hidden data-acted={acted || undefined} />
      {item.alert_id ? (
        <Link to={`/alerts/${item.alert_id}`} className={styles.verdict}>
          {name}
        </Link>
      ) : (
        <strong>{name}</strong>
      )}
      <span className={styles.said}>{item.sentence}</span>
      <span className={styles.measured}>{item.decision && measuredLine(item.decision)}</span>
      <time dateTime={item.at} title={exact(at)}>
        {moment(at, useNow())}
      </time>
    </li>
  );
}

function named({ about, verdict, decision }: Decided): { name: string; acted: boolean } {
  const known = about === 'alert' ? tellings[verdict] : decision && verdicts[decision.verdict];
  return known ?? { name: verdict, acted: false };
}
