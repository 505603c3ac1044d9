import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Sparkline } from '@/components/charts/Sparkline';
import { isBrief, type Service, summaryQuery, useMay } from '@/lib/api';
import { millis, span as spanWords, useNow } from '@/lib/time';
import { count } from '@/lib/words';
import styles from './Executive.module.css';
import { byDay, type DayFigure, foremost, mean, openByDay, percentWords } from './figures';
import {
  allIncidentsQuery,
  budgetDaysQuery,
  historiesQuery,
  slasQuery,
  slosQuery,
} from './queries';

interface Props {
  services: readonly Service[];
}

/** Four figures, each with the way it took over the last 30 days where that is known. */
export function Figures({ services }: Props) {
  return (
    <ul className={styles.figures} aria-label="Figures">
      <AvailabilityFigure services={services} />
      <OpenFigure />
      <LostFigure services={services} />
      <BudgetFigure />
    </ul>
  );
}

interface FigureProps {
  name: string;
  value: string;
  unit?: string;
  note: string;
  children?: ReactNode;
}

function Figure({ name, value, unit, note, children }: FigureProps) {
  return (
    <li className={styles.figure}>
      <h2>{name}</h2>
      <p className={styles.value}>
        <strong>{value}</strong> {unit}
      </p>
      <p className={styles.note}>{note}</p>
      {children}
    </li>
  );
}

const placed = (days: readonly DayFigure[]) =>
  days.map(({ date, value }) => ({ at: Date.parse(date), value }));

function whose(services: Props['services']): string {
  return services.some(({ tier }) => tier === 1) ? 'tier 1' : 'all services';
}

function AvailabilityFigure({ services }: Props) {
  const own = foremost(services);
  const { data: slas } = useQuery(slasQuery);
  const { data: histories } = useQuery(historiesQuery);
  const ids = new Set(own.map(({ id }) => id));
  const mine = slas?.filter(({ id }) => ids.has(id)) ?? [];
  const percent = mean(mine.map(({ uptime_percent }) => uptime_percent['30d']));
  const known = mine.filter(({ uptime_percent }) => uptime_percent['30d'] !== null);
  const missed = known.filter((sla) => (sla.uptime_percent['30d'] ?? 100) < sla.target_percent);
  const days = placed(byDay(histories ?? [], ids, mean));
  return (
    <Figure
      name={`Availability, ${whose(services)}`}
      value={percent === null ? '–' : percentWords(percent).replace(' %', '')}
      unit="%"
      note={
        known.length
          ? `${known.length - missed.length} of ${count(known.length, 'promise')} kept in 30 days`
          : 'Nothing is known of the last 30 days'
      }
    >
      <Sparkline
        label="Availability on each of the last 30 days"
        points={days}
        high={100}
        low={99.8}
      />
    </Figure>
  );
}

function OpenFigure() {
  const now = useNow();
  const mayRead = useMay('incidents.read');
  const { data: summary } = useQuery(summaryQuery);
  const { data: all } = useQuery({ ...allIncidentsQuery, enabled: mayRead });
  const { data: histories } = useQuery(historiesQuery);
  const dates = histories?.[0]?.days.map(({ date }) => date) ?? [];
  const open = summary?.incidents ?? [];
  const majors = open.filter((one) => isBrief(one) && one.major).length;
  const perDay = all ? openByDay(all, dates, now) : [];
  const before = mean(perDay.slice(-8, -1).map(({ value }) => value));
  return (
    <Figure
      name="Open incidents"
      value={summary ? String(summary.open_incidents) : '–'}
      unit={majors ? `${majors} major` : undefined}
      note={
        mayRead
          ? before === null
            ? 'Right now'
            : `Last week ${before.toFixed(1)} on average`
          : 'Those made public; the trend is for members'
      }
    >
      <Sparkline
        label="Open incidents at the end of each of the last 30 days"
        points={placed(perDay)}
        low={0}
      />
    </Figure>
  );
}

function LostFigure({ services }: Props) {
  const own = foremost(services);
  const ids = new Set(own.map(({ id }) => id));
  const { data: slas } = useQuery(slasQuery);
  const { data: histories } = useQuery(historiesQuery);
  const seconds = slas
    ?.filter(({ id }) => ids.has(id))
    .map(({ lost_seconds }) => lost_seconds['30d']);
  const total =
    seconds && mean(seconds) !== null
      ? seconds.reduce<number>((sum, each) => sum + (each ?? 0), 0)
      : null;
  const worst = byDay(histories ?? [], ids, (values) => Math.min(...values));
  const bad = worst.filter(({ value }) => value !== null && value < 100).length;
  const [value = '–', ...unit] = total === null ? [] : spanWords(total * 1000).split(' ');
  return (
    <Figure
      name={`Time lost, ${whose(services)}`}
      value={value}
      unit={unit.join(' ')}
      note={
        total === null
          ? 'Nothing is known of the last 30 days'
          : `On ${bad} of ${worst.length} days, ${count(own.length, 'service')} added up`
      }
    >
      <Sparkline
        label="The worst service of each of the last 30 days"
        points={placed(worst)}
        high={100}
        low={99.8}
      />
    </Figure>
  );
}

function BudgetFigure() {
  const now = useNow();
  const { data: slos } = useQuery(slosQuery);
  const known = slos?.filter(({ left_percent }) => left_percent !== null) ?? [];
  const slo = known.find(({ tier }) => tier === 1) ?? known[0];
  const { data: points } = useQuery({
    ...budgetDaysQuery(slo?.id ?? ''),
    enabled: slo !== undefined,
  });
  if (!slo)
    return (
      <Figure name="Error budget left" value="–" note="Nothing is known of the last 30 days" />
    );
  const left = Math.round(slo.left_percent ?? 0);
  const gone = slo.exhausted_at ? millis(slo.exhausted_at) : null;
  return (
    <Figure
      name={`${slo.name}: error budget left`}
      value={String(left).replace('-', '−')}
      unit="%"
      note={
        left > 0 && gone && gone - now > 60_000
          ? `At this pace gone in ${spanWords(gone - now)}`
          : left > 0
            ? `The emptiest of ${count(known.length, 'budget')}`
            : `Spent: ${spanWords(slo.spent_seconds * 1000)} of ${spanWords(slo.budget_seconds * 1000)}`
      }
    >
      <Sparkline
        label={`Error budget of ${slo.name} on each of the last 30 days`}
        points={
          points?.map(({ at, left_percent }) => ({ at: millis(at), value: left_percent })) ?? []
        }
        low={0}
        high={100}
      />
    </Figure>
  );
}
