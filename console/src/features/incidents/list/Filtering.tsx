import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Button } from '@/components/Button';
import { FilterBar, FilterChip, SearchField } from '@/components/filters';
import { peopleQuery, servicesQuery, teamsQuery, useSession } from '@/lib/api';
import { incidentWords } from '@/lib/words';
import {
  type Filters,
  isFiltered,
  priorities,
  severities,
  severityWords,
  statuses,
} from '../filters';

interface Props {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
  onClear: () => void;
}

const stateChoices = statuses.map((value) => ({ value, label: incidentWords[value] }));
const severityChoices = severities.map((value) => ({ value, label: severityWords[value] }));
const priorityChoices = priorities.map((value) => ({ value, label: value }));

/** The filters of the incident list; each writes itself into the address. */
export function Filtering({ filters, onChange, onClear }: Props) {
  const services = useServiceChoices();
  const assignees = useAssigneeChoices();
  return (
    <FilterBar>
      <SearchField label="Find in titles" value={filters.q} onChange={(q) => onChange({ q })} />
      <FilterChip
        name="State"
        any="new, in progress, pending"
        several
        chosen={filters.status}
        choices={stateChoices}
        onChange={(status) => onChange({ status: status as Filters['status'] })}
      />
      <FilterChip
        name="Priority"
        several
        chosen={filters.priority}
        choices={priorityChoices}
        onChange={(priority) => onChange({ priority: priority as Filters['priority'] })}
      />
      <FilterChip
        name="Severity"
        several
        chosen={filters.severity}
        choices={severityChoices}
        onChange={(severity) => onChange({ severity: severity as Filters['severity'] })}
      />
      <FilterChip
        name="Service"
        chosen={filters.service ? [filters.service] : []}
        choices={services}
        onChange={([service]) => onChange({ service: service ?? null })}
      />
      <FilterChip
        name="Owner"
        chosen={filters.assignee ? [filters.assignee] : []}
        choices={assignees}
        onChange={([assignee]) => onChange({ assignee: assignee ?? null })}
      />
      {isFiltered(filters) && (
        <Button tone="quiet" onClick={onClear}>
          Clear filters
        </Button>
      )}
    </FilterBar>
  );
}

function useServiceChoices() {
  const { data } = useQuery(servicesQuery);
  return useMemo(
    () =>
      (data?.items ?? [])
        .map(({ id, name }) => ({ value: id, label: name }))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    [data],
  );
}

function useAssigneeChoices() {
  const me = useSession().data?.user;
  const { data: people } = useQuery(peopleQuery);
  const { data: teams } = useQuery(teamsQuery);
  return useMemo(
    () => [
      ...(me ? [{ value: 'me', label: 'Me' }] : []),
      { value: 'nobody', label: 'Nobody yet' },
      ...(teams?.items ?? []).map(({ slug, name }) => ({ value: slug, label: name })),
      ...(people?.items ?? [])
        .filter(({ id, disabled_at }) => id !== me?.id && !disabled_at)
        .map(({ id, name }) => ({ value: id, label: name })),
    ],
    [me, people, teams],
  );
}
