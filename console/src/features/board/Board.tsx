import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { Button } from '@/components/Button';
import { ProportionBar } from '@/components/bars/ProportionBar';
import { EmptyState } from '@/components/EmptyState';
import { Loaded } from '@/components/Loaded';
import { NothingWatched } from '@/components/NothingWatched';
import { useRowCursor } from '@/components/rows/useRowCursor';
import { type Category, type Service, type Summary, servicesQuery, summaryQuery } from '@/lib/api';
import { count } from '@/lib/words';
import styles from './Board.module.css';
import { EverythingElse } from './EverythingElse';
import { Filtering } from './Filtering';
import { isFiltered, passing } from './filters';
import { fold, layOut } from './layout';
import { type OpenIncident, ServiceCard } from './ServiceCard';
import { boardSentence } from './sentence';
import { useBoardFilters } from './useBoardFilters';

/** What is broken now: the sentence, how many of each, cards worst first, and everything else. */
export function Board() {
  const query = useQuery(servicesQuery);
  return (
    <>
      {query.data === undefined && <h1 className="visually-hidden">Board</h1>}
      <Loaded query={query} what="Board">
        {({ items }) => <Services services={items} />}
      </Loaded>
    </>
  );
}

function Services({ services }: { services: readonly Service[] }) {
  const { filters, change, clear } = useBoardFilters();
  const shown = useMemo(() => passing(services, filters), [services, filters]);
  const counts = useMemo(() => layOut(shown).counts, [shown]);
  if (services.length === 0) return <NothingWatched />;
  const note = isFiltered(filters)
    ? `${shown.length} of ${count(services.length, 'service')}`
    : null;
  return (
    <>
      <h1 className={styles.sentence}>{boardSentence(services)}</h1>
      <ProportionBar parts={counts} note="Strips: last 2 h" />
      <Filtering filters={filters} onChange={change} onClear={clear} note={note} />
      {shown.length > 0 ? <Shown services={shown} /> : <NothingMatches onClear={clear} />}
    </>
  );
}

/** Cards worst first, then the calm by category; J and K walk them all. */
function Shown({ services }: { services: readonly Service[] }) {
  const navigate = useNavigate();
  const [opened, setOpened] = useState<ReadonlySet<Category>>(new Set());
  const { troubled, blind, groups: whole } = useMemo(() => layOut(services), [services]);
  const groups = useMemo(() => fold(whole, opened), [whole, opened]);
  const cards = [...troubled, ...blind];
  const order = [...cards, ...groups.flatMap((group) => group.services)].map(({ id }) => id);
  const { row } = useRowCursor(order, {
    selectable: false,
    onOpen: (id) => navigate(`/services/${id}`),
  });
  const { data: summary } = useQuery(summaryQuery);
  const incidentOf = useMemo(() => incidentsByService(summary?.incidents ?? []), [summary]);
  return (
    <>
      {cards.length > 0 && (
        <ul className={styles.cards} aria-label="Services that need a look">
          {cards.map((service) => (
            <ServiceCard
              key={service.id}
              service={service}
              incident={incidentOf.get(service.id)}
              state={row(service.id)}
            />
          ))}
        </ul>
      )}
      <EverythingElse
        groups={groups}
        row={row}
        onOpen={(category) => setOpened((before) => new Set([...before, category]))}
        all={cards.length === 0}
      />
    </>
  );
}

function NothingMatches({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      title="Nothing matches these filters."
      actions={<Button onClick={onClear}>Clear filters</Button>}
    />
  );
}

/** The first open incident of each service. */
function incidentsByService(incidents: Summary['incidents']): Map<string, OpenIncident> {
  return new Map(
    incidents
      .toReversed()
      .flatMap((incident) =>
        incident.affected_services.map((each) => [each.id, incident] as const),
      ),
  );
}
