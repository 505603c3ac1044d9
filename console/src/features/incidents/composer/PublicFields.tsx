import { Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { CheckField, TextField } from '@/components/fields';
import { Segmented } from '@/components/Segmented';
import { fieldError, type IncidentDetail, type Phase, servicesQuery } from '@/lib/api';
import { phaseWords } from '@/lib/words';
import shared from './composer.module.css';
import type { Draft } from './draft';
import { ImpactMenu } from './ImpactMenu';
import type { Impacts } from './impacts';
import styles from './PublicFields.module.css';

const phases = (Object.keys(phaseWords) as Phase[]).map((value) => ({
  value,
  label: phaseWords[value],
}));

interface Props {
  incident: IncidentDetail;
  draft: Draft;
  phase: Phase;
  impacts: Impacts;
  error: unknown;
  saved: boolean;
  onChange: (different: Partial<Draft>) => void;
}

/** What only a public update has: the phase, the first title, and how each service is. */
export function PublicFields({ incident, draft, phase, impacts, error, saved, onChange }: Props) {
  const live = !['resolved', 'closed', 'cancelled'].includes(incident.status);
  return (
    <>
      {!incident.public_title && (
        <TextField
          label="Public title"
          note="this is how strangers know it"
          value={draft.title ?? incident.title}
          onChange={(event) => onChange({ title: event.currentTarget.value })}
          error={fieldError(error, 'title')}
        />
      )}
      <div className={styles.phases}>
        <Segmented
          label="Phase"
          value={phase}
          choices={phases}
          onChange={(chosen) => onChange({ phase: chosen })}
        />
        {saved && <span className={shared.saved}>Draft saved</span>}
      </div>
      {phase === 'resolved' ? (
        live && (
          <CheckField
            label="Keep the incident open"
            hint="Otherwise it is resolved with this text as its note."
            checked={draft.keepOpen}
            onChange={(event) => onChange({ keepOpen: event.currentTarget.checked })}
          />
        )
      ) : (
        <ImpactFields
          incident={incident}
          impacts={impacts}
          onChange={(different) => onChange({ impacts: { ...draft.impacts, ...different } })}
        />
      )}
    </>
  );
}

interface ImpactProps {
  incident: IncidentDetail;
  impacts: Impacts;
  onChange: (different: Impacts) => void;
}

function ImpactFields({ incident, impacts, onChange }: ImpactProps) {
  const services = useQuery(servicesQuery).data?.items ?? [];
  const hit = new Map(incident.affected_services.map(({ id, name }) => [id, name]));
  const nameOf = (id: string) =>
    hit.get(id) ?? services.find((service) => service.id === id)?.name ?? id;
  const others = services
    .filter(({ id }) => !(id in impacts))
    .toSorted((a, b) => Number(hit.has(b.id)) - Number(hit.has(a.id)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw its own frame.
    <div className={styles.impacts} role="group" aria-label="What the public is told of services">
      {Object.entries(impacts).map(([id, status]) => (
        <ImpactMenu
          key={id}
          service={nameOf(id)}
          status={status}
          onChange={(chosen) => onChange({ [id]: chosen })}
        />
      ))}
      {others.length > 0 && (
        <Menu position="bottom-start">
          <Menu.Target>
            <button type="button" className={styles.add}>
              <Plus size={14} strokeWidth={1.6} aria-hidden /> Service
            </button>
          </Menu.Target>
          <Menu.Dropdown className={styles.menu}>
            {others.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => onChange({ [id]: 'degraded' })}>
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
