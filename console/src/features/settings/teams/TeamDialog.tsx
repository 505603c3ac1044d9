import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Avatar } from '@/components/Avatar';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { TextField } from '@/components/fields';
import { PickMany } from '@/components/pickers';
import {
  ApiProblem,
  answer,
  api,
  fieldError,
  peopleQuery,
  roots,
  sentenceOf,
  type Team,
} from '@/lib/api';
import { slugOf } from '@/lib/slug';
import { toast } from '@/lib/toasts';
import { Problem } from '../Frame';
import styles from '../settings.module.css';

interface Props {
  opened: boolean;
  /** Null for a new one. */
  team: Team | null;
  isNew: boolean;
  onClose: () => void;
}

/** Makes or changes a team. */
export function TeamDialog({ opened, team, isNew, onClose }: Props) {
  if (opened && !team && !isNew) return null;
  return (
    <Dialog opened={opened} onClose={onClose} title={team?.name ?? 'New team'}>
      <Form team={team} onClose={onClose} />
    </Dialog>
  );
}

interface Saving {
  slug: string;
  name: string;
  members: string[];
}

function useSaveTeam(team: Team | null) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ slug, name, members }: Saving) =>
      team
        ? answer(
            api.PATCH('/teams/{slug}', {
              params: { path: { slug: team.slug }, header: { 'If-Match': `"${team.version}"` } },
              body: { name, members },
            }),
          )
        : answer(api.POST('/teams', { body: { slug, name, members } })),
    onSuccess: () => void client.invalidateQueries({ queryKey: [roots.teams] }),
  });
}

function useArchiveTeam() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (slug: string) => {
      await api.DELETE('/teams/{slug}', { params: { path: { slug } } });
    },
    onSuccess: () => void client.invalidateQueries({ queryKey: [roots.teams] }),
  });
}

function Form({ team, onClose }: Pick<Props, 'team' | 'onClose'>) {
  const [name, setName] = useState(team?.name ?? '');
  const [slug, setSlug] = useState<string | null>(team?.slug ?? null);
  const [members, setMembers] = useState<string[]>(team?.members ?? []);
  const people = useQuery(peopleQuery).data?.items ?? [];
  const saving = useSaveTeam(team);
  const archiving = useArchiveTeam();
  const error = saving.error ?? archiving.error;
  const known = error instanceof ApiProblem && Object.keys(error.fields).length > 0;

  function done(words: string) {
    toast(words);
    onClose();
  }

  function save(event: FormEvent) {
    event.preventDefault();
    saving.mutate(
      { slug: slug ?? slugOf(name), name: name.trim(), members },
      { onSuccess: (saved) => done(`${saved.name} ${team ? 'changed' : 'made'}`) },
    );
  }

  return (
    <form onSubmit={save} className={styles.form} noValidate>
      <TextField
        label="Name"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        error={fieldError(error, 'name')}
        data-autofocus
      />
      {!team && (
        <TextField
          label="Slug"
          note="stays as it is"
          value={slug ?? slugOf(name)}
          onChange={(event) => setSlug(event.currentTarget.value)}
          error={fieldError(error, 'slug')}
        />
      )}
      <PickMany
        label="Members"
        placeholder="Find somebody"
        options={people
          .filter(({ id, disabled_at }) => !disabled_at || members.includes(id))
          .map(({ id, name: label, email }) => ({
            value: id,
            label,
            note: email,
            mark: <Avatar name={label} />,
          }))}
        chosen={members}
        onChange={setMembers}
        error={fieldError(error, 'members')}
      />
      {error && !known && <Problem>{sentenceOf(error)}</Problem>}
      <DialogActions>
        <Button tone="primary" type="submit" busy={saving.isPending}>
          {team ? 'Save' : 'Make team'}
        </Button>
        <Button onClick={onClose}>Leave it</Button>
        {team && (
          <span className={styles.apart}>
            <Button
              busy={archiving.isPending}
              onClick={() =>
                archiving.mutate(team.slug, {
                  onSuccess: () => done(`${team.name} archived; making it again brings it back`),
                })
              }
            >
              Archive
            </Button>
          </span>
        )}
      </DialogActions>
    </form>
  );
}
