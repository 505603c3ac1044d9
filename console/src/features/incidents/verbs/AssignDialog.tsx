import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Avatar } from '@/components/Avatar';
import { Dialog } from '@/components/Dialog';
import { type Pickable, PickOne } from '@/components/pickers';
import { peopleQuery, teamsQuery, useSession } from '@/lib/api';

interface Props {
  opened: boolean;
  onClose: () => void;
  /** What is given away: "INC0000236" or "2 incidents". */
  what: string;
  /** Who has it now. */
  value?: string | null;
  /** An id or slug; null takes it away from whoever has it. */
  onPick: (assignee: string | null) => void;
}

const nobody = 'nobody';

/** Who may be given work: oneself first, then teams, then people who can come in. */
export function useAssignees(): Pickable[] {
  const me = useSession().data?.user;
  const { data: people } = useQuery(peopleQuery);
  const { data: teams } = useQuery(teamsQuery);
  return useMemo(() => {
    const self = me
      ? [{ value: me.id, label: me.name, note: 'Me', mark: <Avatar name={me.name} /> }]
      : [];
    const groups = (teams?.items ?? []).map(({ slug, name }) => ({
      value: slug,
      label: name,
      note: 'Team',
      mark: <Avatar name={name} />,
    }));
    const others = (people?.items ?? [])
      .filter(({ id, disabled_at }) => id !== me?.id && !disabled_at)
      .map(({ id, name, email }) => ({
        value: id,
        label: name,
        note: email,
        mark: <Avatar name={name} />,
      }));
    return [...self, ...groups, ...others];
  }, [me, people, teams]);
}

/** Gives work to a person or a team. */
export function AssignDialog({ opened, onClose, what, value, onPick }: Props) {
  const assignees = useAssignees();
  const options: Pickable[] = [
    ...assignees,
    { value: nobody, label: 'Nobody', mark: <Avatar name={null} /> },
  ];
  return (
    <Dialog opened={opened} onClose={onClose} title={`Assign ${what}`} width={420}>
      <PickOne
        label="Person or team"
        options={options}
        value={value}
        onPick={(picked) => onPick(picked === nobody ? null : picked)}
      />
    </Dialog>
  );
}
