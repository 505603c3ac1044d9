import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { StatusChip } from '@/components/StatusChip';
import type { Service } from '@/lib/api';
import styles from './Executive.module.css';
import { percentWords, shelves } from './figures';
import { slasQuery } from './queries';

/** The categories, worst first, each the way to its services. */
export function Shelves({ services }: { services: readonly Service[] }) {
  const { data: slas = [] } = useQuery(slasQuery);
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">Categories</caption>
      <thead>
        <tr>
          <th scope="col">Category</th>
          <th scope="col">Worst now</th>
          <th scope="col">30 days</th>
        </tr>
      </thead>
      <tbody>
        {shelves(services, slas).map(({ category, name, state, percent }) => (
          <tr key={category}>
            <th scope="row">
              <Link to={`/board?category=${category}`}>{name}</Link>
            </th>
            <td>
              <StatusChip state={state} />
            </td>
            <td>{percentWords(percent)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
