import { Link } from 'react-router';
import { Facts, Panel } from '@/components/Card';
import { FlappingTag } from '@/components/FlappingTag';
import { RelativeTime } from '@/components/RelativeTime';
import { StatusMark } from '@/components/StatusMark';
import { stateWords, troubleWords } from '@/lib/words';
import { isComponent, serviceOf } from './components';
import { type Graph, inTrouble, type Node, type Reached, walk } from './model';
import styles from './Selected.module.css';
import { reachSentence } from './sentence';

/** The chosen service: what it is, who feels it and along which path, what it stands on. */
export function SelectedNode({ graph, id, cause }: { graph: Graph; id: string; cause: boolean }) {
  const { service, state } = graph.get(id) as Node;
  const facts = [
    { name: 'State', value: stateWords[state] },
    {
      name: 'Since',
      value: service.status_since && <RelativeTime at={service.status_since} as="moment" />,
    },
    { name: 'Owner', value: service.owner_team },
    { name: 'Tier', value: service.tier },
    { name: 'In this trouble', value: cause && 'The cause' },
  ];
  const words = troubleWords(service);
  return (
    <>
      <section>
        <h2 className={styles.chosen}>
          <StatusMark state={state} size={18} />
          <Link to={`/services/${serviceOf(id)}`}>{service.name}</Link>
        </h2>
        {words && <p className={styles.words}>{words}</p>}
        {!service.impact_statement && <p className={styles.words}>{reachSentence(graph, id)}</p>}
        {service.flapping && <FlappingTag service={service} />}
        <Facts facts={facts.filter(({ value }) => value)} />
      </section>
      <Along title="Who feels it" graph={graph} reached={walk(graph, id, 'neededBy')} />
      <Along title="What it depends on" graph={graph} reached={walk(graph, id, 'needs')} />
    </>
  );
}

const shown = 12;

function Along({ title, graph, reached }: { title: string; graph: Graph; reached: Reached[] }) {
  if (reached.length === 0) return null;
  const node = ({ id }: Reached) => graph.get(id) as Node;
  const ranked = reached.toSorted(
    (a, b) => Number(inTrouble(node(b))) - Number(inTrouble(node(a))),
  );
  return (
    <Panel
      title={title}
      note={reached.length > shown ? `${shown} of ${reached.length}` : undefined}
    >
      <ul className={styles.along}>
        {ranked.slice(0, shown).map((each) => {
          const { service, state } = node(each);
          return (
            <li key={each.id}>
              <StatusMark state={state} label={stateWords[state]} />
              <Link to={`/services/${serviceOf(each.id)}`}>{service.name}</Link>
              <small>
                {isComponent(each.id) && 'on the status page, '}
                {each.through ? `through ${each.through}` : 'directly'}
              </small>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
