import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { SelectField } from '@/components/fields';
import { PickMany } from '@/components/pickers';
import { StatusMark } from '@/components/StatusMark';
import { servicesQuery, teamsQuery } from '@/lib/api';
import { stateOf } from '@/lib/state';

interface TeamProps {
  value: string;
  onChange: (slug: string) => void;
  error?: string;
}

/** The team that owns a service; one that is not made yet keeps its slug. */
export function TeamField({ value, onChange, error }: TeamProps) {
  const { data } = useQuery(teamsQuery);
  const teams = (data?.items ?? []).map(({ slug, name }) => ({ value: slug, label: name }));
  const known = value === '' || teams.some((team) => team.value === value);
  return (
    <SelectField
      label="Owner"
      choices={[
        { value: '', label: 'Nobody yet' },
        ...teams,
        ...(known ? [] : [{ value, label: value }]),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      error={error}
    />
  );
}

interface DependencyProps {
  own: string;
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
  error?: string;
}

/** The services that a service stands on. */
export function Dependencies({ own, chosen, onChange, error }: DependencyProps) {
  const { data } = useQuery(servicesQuery);
  const options = useMemo(
    () =>
      (data?.items ?? [])
        .filter(({ id }) => id !== own)
        .map((service) => ({
          value: service.id,
          label: service.name,
          mark: <StatusMark state={stateOf(service)} />,
        }))
        .toSorted((a, b) => a.label.localeCompare(b.label)),
    [data, own],
  );
  return (
    <PickMany
      label="Depends on"
      note="optional"
      placeholder="Find a service"
      options={options}
      chosen={chosen}
      onChange={onChange}
      error={error}
    />
  );
}
