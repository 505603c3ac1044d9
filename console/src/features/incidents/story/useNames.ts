import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type IncidentDetail, peopleQuery, servicesQuery, teamsQuery } from '@/lib/api';
import type { Names } from './entries';

/** Names of services, people and teams, from what the console knows already. */
export function useNames({ affected_services }: Pick<IncidentDetail, 'affected_services'>): Names {
  const { data: services } = useQuery(servicesQuery);
  const { data: people } = useQuery(peopleQuery);
  const { data: teams } = useQuery(teamsQuery);
  return useMemo(() => {
    const known = new Map(
      [...(services?.items ?? []), ...affected_services].map(({ id, name }) => [id, name]),
    );
    const assignees = new Map<string, string>([
      ...(people?.items ?? []).map(({ id, name }) => [`user:${id}`, name] as const),
      ...(teams?.items ?? []).map(({ slug, name }) => [`team:${slug}`, name] as const),
    ]);
    return {
      service: (id) => known.get(id) ?? id,
      assignee: (key) =>
        assignees.get(key) ?? (key.startsWith('team:') ? key.slice(5) : 'somebody'),
    };
  }, [affected_services, people, services, teams]);
}
