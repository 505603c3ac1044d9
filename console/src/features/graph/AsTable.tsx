import { Link } from 'react-router';
import { StatusChip } from '@/components/StatusChip';
import { listed } from '@/lib/words';
import styles from './AsTable.module.css';
import { serviceOf } from './components';
import type { Graph, Node } from './model';
import type { Placing } from './place';

interface Props {
  graph: Graph;
  placing: Placing;
  causes: readonly string[];
}

/** The graph in words, column by column: for readers, for small screens, for copying. */
export function AsTable({ graph, placing, causes }: Props) {
  const heads = placing.columns.map(({ head }, n) => head ?? placing.columns[n - 1]?.head ?? '');
  const names = (ids: readonly string[]) =>
    listed(ids.map((id) => graph.get(id)?.service.name ?? id)) || 'nothing';
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Services and what they depend on</caption>
      <thead>
        <tr>
          <th scope="col">Service</th>
          <th scope="col">State</th>
          <th scope="col">Depends on</th>
          <th scope="col">Needed by</th>
        </tr>
      </thead>
      {placing.columns.map((column, n) => (
        <tbody key={column.x}>
          {column.head && (
            <tr>
              <th colSpan={4} scope="rowgroup">
                {heads[n]}
              </th>
            </tr>
          )}
          {[...placing.nodes.values()]
            .filter((at) => at.column === n)
            .map(({ id }) => {
              const { service, state, needs, neededBy } = graph.get(id) as Node;
              return (
                <tr key={id}>
                  <th scope="row">
                    <Link to={`/services/${serviceOf(id)}`}>{service.name}</Link>
                    {causes.includes(id) && <small> the cause</small>}
                  </th>
                  <td>
                    <StatusChip state={state} />
                  </td>
                  <td data-label="Depends on">{names(needs)}</td>
                  <td data-label="Needed by">{names(neededBy)}</td>
                </tr>
              );
            })}
        </tbody>
      ))}
    </table>
  );
}
