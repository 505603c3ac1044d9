import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { IncidentDetail } from '@/lib/api';
import { Composer } from '../composer/Composer';
import { storyQuery } from '../queries';
import { Story } from '../story/Story';
import styles from './page.module.css';

/** How many notes and comments there are: what stays in when something goes out. */
export function useNotes({ id }: Pick<IncidentDetail, 'id'>): number {
  const { data } = useQuery(storyQuery(id));
  const kinds = ['incident.commented', 'incident.update_noted'];
  return data?.items.filter(({ kind }) => kinds.includes(kind)).length ?? 0;
}

/** The middle of the page: the way out, the words, and what happened. */
export function IncidentMain({
  incident,
  banner,
}: {
  incident: IncidentDetail;
  banner: ReactNode;
}) {
  const notes = useNotes(incident);
  return (
    <div className={styles.main}>
      {banner}
      <Composer incident={incident} notes={notes} />
      <Story incident={incident} />
    </div>
  );
}
