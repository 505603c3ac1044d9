import { useQuery } from '@tanstack/react-query';
import { Fragment, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Loaded } from '@/components/Loaded';
import { Segmented } from '@/components/Segmented';
import { Tag } from '@/components/Tag';
import { Timeline, TimelineEntry } from '@/components/timeline/Timeline';
import { type IncidentDetail, type IncidentEntry, useMay } from '@/lib/api';
import { dayName, millis, moment, useNow } from '@/lib/time';
import { storyQuery } from '../queries';
import { deliveredWords, type Shelf, type Told, tell } from './entries';
import styles from './story.module.css';
import { useNames } from './useNames';

type Choice = Shelf | 'all';

const shelves: readonly { shelf: Shelf; name: string }[] = [
  { shelf: 'public', name: 'Public' },
  { shelf: 'notes', name: 'Notes' },
  { shelf: 'alerts', name: 'Alerts' },
  { shelf: 'changes', name: 'Changes' },
];

/** What happened, newest first, and a way to read only one side of it. */
export function Story({ incident }: { incident: IncidentDetail }) {
  const query = useQuery(storyQuery(incident.id));
  const [choice, setChoice] = useState<Choice>('all');
  const names = useNames(incident);
  const told = useMemo(
    () =>
      (query.data?.items ?? []).toReversed().map((entry) => ({ entry, told: tell(entry, names) })),
    [query.data, names],
  );
  const countOf = (shelf: Shelf) => told.filter((each) => each.told.shelf === shelf).length;
  const choices = [
    { value: 'all' as Choice, label: label('All', told.length) },
    ...shelves
      .map(({ shelf, name }) => ({ value: shelf as Choice, name, n: countOf(shelf) }))
      .filter(({ n }) => n > 0)
      .map(({ value, name, n }) => ({ value, label: label(name, n) })),
  ];
  const shown = choice === 'all' ? told : told.filter((each) => each.told.shelf === choice);

  return (
    <section className={styles.story} aria-labelledby="story">
      <header>
        <h2 id="story">Timeline</h2>
        <span className={styles.note}>newest first</span>
        {choices.length > 2 && (
          <span className={styles.filter}>
            <Segmented label="Show" value={choice} onChange={setChoice} choices={choices} />
          </span>
        )}
      </header>
      <Loaded query={query} what="Timeline">
        {() => <Entries shown={shown} />}
      </Loaded>
    </section>
  );
}

const label = (name: string, n: number) => (
  <>
    {name} <span className="tabular">{n}</span>
  </>
);

function Entries({ shown }: { shown: readonly { entry: IncidentEntry; told: Told }[] }) {
  const now = useNow();
  const today = dayName(now, now);
  if (shown.length === 0) return <p className={styles.note}>Nothing here yet.</p>;
  return (
    <Timeline label="Timeline, newest first">
      {shown.map(({ entry, told }, index) => {
        const day = dayName(millis(entry.at), now);
        const before = shown[index - 1];
        const last = before ? dayName(millis(before.entry.at), now) : today;
        return (
          <Fragment key={entry.id}>
            {day !== last && <li className={styles.day}>{day}</li>}
            <Entry entry={entry} told={told} />
          </Fragment>
        );
      })}
    </Timeline>
  );
}

const late = 60_000;

function Entry({ entry, told }: { entry: IncidentEntry; told: Told }) {
  const now = useNow();
  const recorded = millis(entry.recorded_at);
  const noted = recorded - millis(entry.at) > late && `, noted ${moment(recorded, now)}`;
  return (
    <TimelineEntry
      at={entry.at}
      icon={told.icon}
      kind={told.kind}
      title={told.title}
      rest={
        <>
          {told.rest}
          {noted}
        </>
      }
      text={told.boxed ? entry.text : undefined}
      after={<After entry={entry} alert={told.alert} />}
    />
  );
}

function After({ entry, alert }: { entry: IncidentEntry; alert?: string }) {
  const mayLook = useMay('deliveries.read');
  const delivered = deliveredWords(entry);
  if (delivered && mayLook) {
    return (
      <Link to={`/deliveries?fact=${entry.id}`} className={styles.delivered}>
        <Tag>{delivered}</Tag>
      </Link>
    );
  }
  if (delivered) return <Tag>{delivered}</Tag>;
  if (!alert) return null;
  return (
    <Link to={`/alerts/${alert}`} className={styles.why}>
      Why?
    </Link>
  );
}
