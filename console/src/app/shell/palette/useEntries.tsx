import { useQuery } from '@tanstack/react-query';
import { CornerDownRight, Plus, SquareArrowOutUpRight } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { Kbd } from '@/components/Kbd';
import { PriorityBadge } from '@/components/PriorityBadge';
import { Reference } from '@/components/Reference';
import { StatusMark } from '@/components/StatusMark';
import {
  type IncidentBrief,
  incidentSearchQuery,
  isBrief,
  type Service,
  servicesQuery,
  summaryQuery,
  useMay,
} from '@/lib/api';
import { currentBindings } from '@/lib/keys';
import { stateOf } from '@/lib/state';
import { categoryWords } from '@/lib/words';
import { match, type Range, weight } from './match';

export interface Entry {
  id: string;
  group: 'Incidents' | 'Services' | 'Do';
  text: string;
  ranges: Range[];
  mark: ReactNode;
  right: ReactNode;
  /** Where it leads; actions have none and `run` instead. */
  to?: string;
  run?: () => void;
}

const most = 6;

function best<T>(items: readonly T[], textOf: (item: T) => string, query: string) {
  return items
    .flatMap((item) => {
      const text = textOf(item);
      const ranges = match(text, query);
      return ranges ? [{ item, text, ranges, weight: weight(text.toLowerCase(), ranges) }] : [];
    })
    .toSorted((a, b) => a.weight - b.weight)
    .slice(0, most);
}

function incidentEntries(incidents: readonly IncidentBrief[], query: string): Entry[] {
  return incidents.slice(0, most).map((incident) => ({
    id: incident.id,
    group: 'Incidents',
    text: incident.title,
    ranges: match(incident.title, query) ?? [],
    mark: <PriorityBadge priority={incident.priority} />,
    right: <Reference>{incident.id}</Reference>,
    to: `/incidents/${incident.id}`,
  }));
}

/** "INC241" leads straight to INC0000241, found or not. */
function jumpEntries(query: string): Entry[] {
  const number = /^inc0*(\d{1,7})$/i.exec(query)?.[1];
  if (!number) return [];
  const ref = `INC${number.padStart(7, '0')}`;
  return [
    {
      id: `jump ${ref}`,
      group: 'Incidents',
      text: `Open ${ref}`,
      ranges: [],
      mark: <CornerDownRight size={16} strokeWidth={1.6} aria-hidden />,
      right: null,
      to: `/incidents/${ref}`,
    },
  ];
}

function serviceEntries(services: readonly Service[], query: string): Entry[] {
  return best(services, ({ name }) => name, query).map(({ item, text, ranges }) => ({
    id: `service ${item.id}`,
    group: 'Services',
    text,
    ranges,
    mark: <StatusMark state={stateOf(item)} size={16} />,
    right: `${categoryWords[item.category]}, tier ${item.tier}`,
    to: `/services/${item.id}`,
  }));
}

function useActions(query: string): Entry[] {
  const navigate = useNavigate();
  const mayOpen = useMay('incidents.open');
  const actions = useMemo(
    () => currentBindings(0).filter(({ silent, refused }) => !silent && !refused),
    [],
  );
  const known = best(actions, ({ label }) => label, query).map(
    ({ item, text, ranges }): Entry => ({
      id: `do ${item.keys}`,
      group: 'Do',
      text,
      ranges,
      mark: <SquareArrowOutUpRight size={16} strokeWidth={1.6} aria-hidden />,
      right: <Kbd keys={item.keys} />,
      run: item.run,
    }),
  );
  if (!mayOpen || query.length < 3) return known;
  const text = `New incident titled “${query}”`;
  const titled: Entry = {
    id: 'do new titled',
    group: 'Do',
    text,
    ranges: [[text.length - query.length - 1, text.length - 1]],
    mark: <Plus size={16} strokeWidth={1.6} aria-hidden />,
    right: null,
    run: () => navigate(`/incidents/new?title=${encodeURIComponent(query)}`),
  };
  return [...known, titled];
}

/** What the palette offers: records first, then actions; ">" leaves the actions only. */
export function useEntries(typed: string): Entry[] {
  const actionsOnly = typed.startsWith('>');
  const query = typed.replace(/^>/, '').trim();
  const mayRead = useMay('incidents.read');
  const { data: services } = useQuery(servicesQuery);
  const { data: summary } = useQuery(summaryQuery);
  const search = useQuery({
    ...incidentSearchQuery(query),
    enabled: mayRead && !actionsOnly && query.length > 1,
    placeholderData: (before) => before,
  });
  const actions = useActions(query);
  if (actionsOnly) return actions;
  const open = (summary?.incidents ?? []).filter(isBrief);
  const incidents = query.length > 1 ? (search.data?.items ?? []) : open;
  const records = [
    ...(mayRead ? jumpEntries(query) : []),
    ...incidentEntries(incidents, query),
    ...(query ? serviceEntries(services?.items ?? [], query) : []),
  ];
  return [...records, ...actions];
}
