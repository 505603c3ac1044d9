import { useElementSize, useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { Kbd } from '@/components/Kbd';
import { Loaded } from '@/components/Loaded';
import { NothingWatched } from '@/components/NothingWatched';
import { StatusMark } from '@/components/StatusMark';
import { type Service, servicesQuery, useMay } from '@/lib/api';
import { useKeys } from '@/lib/keys';
import { stateWords } from '@/lib/words';
import { AsTable } from './AsTable';
import { componentsOf, pagesQuery, serviceOf } from './components';
import { Drawing, margin } from './Drawing';
import styles from './Graph.module.css';
import { causesOf, graphOf, large, type Graph as Nodes, partOf } from './model';
import { place } from './place';
import { SelectedNode } from './SelectedNode';
import { graphSentence } from './sentence';

interface Props {
  /** Puts the drawing and what is said about the chosen service beside each other. */
  frame: (main: ReactNode, aside: ReactNode) => ReactNode;
}

/** Where does it come from? Services in columns, the failing path lit; T shows the same as a table. */
export function Graph({ frame }: Props) {
  const query = useQuery(servicesQuery);
  if (query.data) return <Known services={query.data.items} query={query} frame={frame} />;
  return frame(
    <>
      <h1 className="visually-hidden">Dependency graph</h1>
      <Loaded query={query} what="Graph">
        {() => null}
      </Loaded>
    </>,
    null,
  );
}

interface KnownProps extends Props {
  services: readonly Service[];
  query: Parameters<typeof Loaded<unknown>>[0]['query'];
}

function Known({ services, query, frame }: KnownProps) {
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const phone = useMediaQuery('(max-width: 47.99em)', false, { getInitialValueInEffect: false });
  const mayRead = useMay('pages.read');
  const { data: pages } = useQuery({ ...pagesQuery, enabled: mayRead });
  const graph = useMemo(
    () => graphOf([...services, ...componentsOf(services, pages?.items ?? [])]),
    [services, pages],
  );
  const { ref, width } = useElementSize();
  const room = width ? width - 2 * margin : undefined;
  const causes = useMemo(() => causesOf(graph), [graph]);
  const asked = search.get('service');
  const chosen = asked && graph.has(asked) ? asked : (causes[0] ?? null);
  const [whole, setWhole] = useState(false);
  const folds = !whole && graph.size > large && chosen !== null;
  const shown = useMemo(() => (folds ? partOf(graph, chosen) : graph), [graph, folds, chosen]);
  const placing = useMemo(() => place(shown, room), [shown, room]);
  const asTable = search.get('as') === 'table';
  const change = (name: string, value: string | null) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  useKeys([
    {
      keys: 't',
      label: asTable ? 'Show the graph' : 'Show the graph as a table',
      run: () => change('as', asTable ? null : 'table'),
    },
    {
      keys: 'Enter',
      label: 'Open the service',
      group: 'Move',
      silent: true,
      run: () => chosen && void navigate(`/services/${serviceOf(chosen)}`),
    },
  ]);
  if (services.length === 0) return frame(<NothingWatched />, null);
  const linked = placing.nodes.size > 0;
  const list = asTable || phone;
  return frame(
    <div ref={ref}>
      <h1 className={styles.sentence}>{graphSentence(graph)}</h1>
      <Loaded query={query} what="Graph">
        {() => null}
      </Loaded>
      {!linked && <NothingLinked />}
      {folds && linked && (
        <p className={styles.part}>
          Shown is what is in trouble and what that touches, {shown.size} of {graph.size}.{' '}
          <Button onClick={() => setWhole(true)}>Show all</Button>
        </p>
      )}
      {linked && list && <AsTable graph={shown} placing={placing} causes={causes} />}
      {linked && !list && (
        <>
          <Drawing
            graph={shown}
            placing={placing}
            causes={causes}
            chosen={chosen}
            onChoose={(id) => change('service', id)}
          />
          <Legend />
        </>
      )}
      {placing.alone.length > 0 && linked && <Alone graph={shown} ids={placing.alone} />}
    </div>,
    chosen && <SelectedNode graph={graph} id={chosen} cause={causes.includes(chosen)} />,
  );
}

function NothingLinked() {
  return (
    <EmptyState title="No service depends on another yet.">
      Say on a service’s settings what it depends on, and the path of a failure shows here.
    </EmptyState>
  );
}

function Legend() {
  return (
    <ul className={styles.legend}>
      <li data-cause>Cause</li>
      <li>
        <Sample kind="lit" /> failing now
      </li>
      <li>
        <Sample kind="stopped" /> trouble that does not reach
      </li>
      <li>
        <Sample kind="calm" /> healthy
      </li>
      <li className={styles.hints} aria-hidden>
        <Kbd keys="ArrowLeft" /> <Kbd keys="ArrowRight" /> walk the path <Kbd keys="t" /> as table
      </li>
    </ul>
  );
}

function Sample({ kind }: { kind: string }) {
  return (
    <svg width="26" height="8" aria-hidden="true">
      <path className={styles.link} data-kind={kind} data-state="partial_outage" d="M0 4H26" />
    </svg>
  );
}

/** Services that no line leads to. */
function Alone({ graph, ids }: { graph: Nodes; ids: readonly string[] }) {
  const nodes = ids.flatMap((id) => graph.get(id) ?? []);
  return (
    <section className={styles.alone}>
      <h2>
        Without a link <span className="tabular">{ids.length}</span>
      </h2>
      <ul>
        {nodes.map(({ service, state }) => (
          <li key={service.id}>
            <StatusMark state={state} label={stateWords[state]} />{' '}
            <Link to={`/services/${service.id}`}>{service.name}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
