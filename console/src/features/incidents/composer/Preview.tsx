import { useQuery } from '@tanstack/react-query';
import { Dialog } from '@/components/Dialog';
import { StatusChip } from '@/components/StatusChip';
import { type IncidentDetail, type Phase, servicesQuery } from '@/lib/api';
import { phaseWords } from '@/lib/words';
import type { Impacts } from './impacts';
import styles from './Preview.module.css';

interface Props {
  opened: boolean;
  onClose: () => void;
  incident: IncidentDetail;
  title: string;
  phase: Phase;
  text: string;
  impacts: Impacts;
}

/** What strangers will read. */
export function Preview({ opened, onClose, incident, title, phase, text, impacts }: Props) {
  const services = useQuery(servicesQuery).data?.items ?? [];
  const nameOf = (id: string) =>
    incident.affected_services.find((service) => service.id === id)?.name ??
    services.find((service) => service.id === id)?.name ??
    id;
  const ended = phase === 'resolved';
  return (
    <Dialog opened={opened} onClose={onClose} title="As strangers read it" width={600}>
      <article className={styles.preview}>
        <h3>{title}</h3>
        <p className={styles.previewPhase}>{phaseWords[phase]}</p>
        <p className={styles.previewText}>{text}</p>
        <ul>
          {Object.entries(impacts).map(([id, status]) => (
            <li key={id}>
              <span>{nameOf(id)}</span>
              <StatusChip state={ended ? 'operational' : status} />
            </li>
          ))}
        </ul>
      </article>
    </Dialog>
  );
}
