import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { Button } from '@/components/Button';
import { Dialog, DialogActions } from '@/components/Dialog';
import { SelectField } from '@/components/fields';
import { PickMany } from '@/components/pickers';
import { StatusMark } from '@/components/StatusMark';
import { type PageComponent, type StatusPage, sentenceOf, servicesQuery } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { stateOf } from '@/lib/state';
import { toast } from '@/lib/toasts';
import { count } from '@/lib/words';
import { GroupField } from './GroupField';
import { useAddComponents } from './queries';
import styles from './statuspages.module.css';

interface Props {
  page: StatusPage;
  opened: boolean;
  onClose: () => void;
}

export const followsChoices: readonly { value: PageComponent['follows']; label: string }[] = [
  { value: 'service', label: 'The service: confirmed trouble and public updates' },
  { value: 'incidents', label: 'Public updates only' },
];

/** Puts services on a page. */
export function AddServices({ page, opened, onClose }: Props) {
  return (
    <Dialog opened={opened} onClose={onClose} title={`Add services to ${page.name}`} width={520}>
      <Form page={page} onClose={onClose} />
    </Dialog>
  );
}

function Form({ page, onClose }: Omit<Props, 'opened'>) {
  const { data } = useQuery(servicesQuery);
  const [services, setServices] = useState<string[]>([]);
  const [group, setGroup] = useState('');
  const [follows, setFollows] = useState<PageComponent['follows']>('service');
  const adding = useAddComponents(page.slug);
  const options = useMemo(() => {
    const there = new Set(page.components.map(({ service_id }) => service_id));
    return (data?.items ?? [])
      .filter(({ id }) => !there.has(id))
      .map((service) => ({
        value: service.id,
        label: service.name,
        note: service.visibility === 'internal' ? 'internal' : undefined,
        mark: <StatusMark state={stateOf(service)} />,
      }))
      .toSorted((a, b) => a.label.localeCompare(b.label));
  }, [data, page.components]);
  const internal = options.filter(({ value, note }) => note && services.includes(value));

  function add(event?: FormEvent) {
    event?.preventDefault();
    if (adding.isPending || services.length === 0) return;
    adding.mutate(
      { services, group: group.trim() || null, follows },
      {
        onSuccess: () => {
          toast(`${count(services.length, 'service')} added to ${page.name}`);
          onClose();
        },
      },
    );
  }

  useKeys([{ keys: 'mod+Enter', label: 'Add', group: 'Do', run: () => add() }]);

  return (
    <form onSubmit={add} className={styles.form} noValidate>
      <PickMany
        first
        label="Services"
        placeholder="Find a service"
        options={options}
        chosen={services}
        onChange={setServices}
        hint={
          internal.length > 0
            ? 'An internal service becomes public under the name it has on the page.'
            : undefined
        }
      />
      <GroupField components={page.components} value={group} onChange={setGroup} />
      <SelectField
        label="Shows"
        value={follows}
        choices={followsChoices}
        onChange={(event) => setFollows(event.currentTarget.value as PageComponent['follows'])}
      />
      {adding.error && (
        <p className={styles.problem} role="alert">
          {sentenceOf(adding.error)}
        </p>
      )}
      <DialogActions>
        <Button
          tone="primary"
          type="submit"
          keys="mod+Enter"
          busy={adding.isPending}
          refused={services.length ? null : 'Choose a service first.'}
        >
          {services.length > 1 ? `Add ${services.length} services` : 'Add'}
        </Button>
        <Button onClick={onClose}>Leave it</Button>
      </DialogActions>
    </form>
  );
}
