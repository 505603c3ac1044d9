import { type KeyboardEvent, useMemo, useRef } from 'react';
import { StatusMark } from '@/components/StatusMark';
import { stateWords } from '@/lib/words';
import { isComponent } from './components';
import styles from './Graph.module.css';
import { type Graph, inTrouble, type Link, linksOf, type Node, walk } from './model';
import { type Box as BoxSize, curve, type Placed, type Placing } from './place';

interface Props {
  graph: Graph;
  placing: Placing;
  causes: readonly string[];
  chosen: string | null;
  onChoose: (id: string) => void;
}

const head = 36;
/** Around the drawing, for the ring of the chosen box. */
export const margin = 6;

/** The boxes and lines. One box is a tab stop; arrows walk along the lines and down the columns. */
export function Drawing({ graph, placing, causes, chosen, onChoose }: Props) {
  const boxes = useRef(new Map<string, HTMLButtonElement>());
  const links = useMemo(() => linksOf(graph), [graph]);
  const path = useMemo(() => (chosen ? pathOf(graph, chosen) : null), [graph, chosen]);
  const stop = chosen && placing.nodes.has(chosen) ? chosen : placing.nodes.keys().next().value;
  const width = placing.width + 2 * margin;
  const height = placing.height + head + 2 * margin;

  function go(event: KeyboardEvent, id: string) {
    const next = neighbour(placing, graph, id, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onChoose(next);
    boxes.current.get(next)?.focus();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields.
    <div className={styles.scroller} role="group" aria-label="Dependency graph">
      <div className={styles.drawing} style={{ width, height }}>
        {placing.columns.map(({ head: word, x }) => (
          <p key={x} className={styles.column} style={{ left: x + margin }}>
            {word}
          </p>
        ))}
        <svg className={styles.lines} width={width} height={height} aria-hidden="true">
          <Arrows />
          <g transform={`translate(${margin} ${head + margin})`}>
            {links.toSorted(byKind).map((link) => (
              <Line key={`${link.from} ${link.to}`} link={link} placing={placing} path={path} />
            ))}
          </g>
        </svg>
        {[...placing.nodes.values()].map((at) => (
          <Box
            key={at.id}
            at={at}
            size={placing.box}
            node={graph.get(at.id) as Node}
            cause={causes.includes(at.id)}
            chosen={at.id === chosen}
            apart={path !== null && !path.has(at.id)}
            stop={at.id === stop}
            onChoose={() => onChoose(at.id)}
            onKeyDown={(event) => go(event, at.id)}
            element={(element) => {
              if (element) boxes.current.set(at.id, element);
              else boxes.current.delete(at.id);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** The chosen service, all it stands on and all that stands on it. */
function pathOf(graph: Graph, id: string): Set<string> {
  const ids = (way: 'needs' | 'neededBy') => walk(graph, id, way).map((each) => each.id);
  return new Set([id, ...ids('needs'), ...ids('neededBy')]);
}

const order = { calm: 0, stopped: 1, lit: 2 };
const byKind = (a: Link, b: Link) => order[a.kind] - order[b.kind];

/** Where an arrow key leads: troubled neighbours first, then the nearest. */
function neighbour(placing: Placing, graph: Graph, id: string, key: string): string | undefined {
  const at = placing.nodes.get(id);
  const node = graph.get(id);
  if (!at || !node) return undefined;
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const row = at.row + (key === 'ArrowUp' ? -1 : 1);
    return [...placing.nodes.values()].find((each) => each.column === at.column && each.row === row)
      ?.id;
  }
  if (key !== 'ArrowLeft' && key !== 'ArrowRight') return undefined;
  const near = key === 'ArrowLeft' ? node.needs : node.neededBy;
  const away = (each: string) => Math.abs((placing.nodes.get(each)?.y ?? 0) - at.y);
  const calm = (each: string) => (inTrouble(graph.get(each) as Node) ? 0 : 1);
  return near.toSorted((a, b) => calm(a) - calm(b) || away(a) - away(b))[0];
}

const arrowed = ['degraded', 'partial_outage', 'major_outage'] as const;

function Arrows() {
  return (
    <defs>
      {arrowed.map((state) => (
        <marker
          key={state}
          id={`arrow-${state}`}
          viewBox="0 0 10 10"
          refX="8.5"
          refY="5"
          markerWidth="5"
          markerHeight="5"
          orient="auto"
        >
          <path className={styles.tip} data-state={state} d="M1.5 1 8.5 5 1.5 9" />
        </marker>
      ))}
    </defs>
  );
}

interface LineProps {
  link: Link;
  placing: Placing;
  path: ReadonlySet<string> | null;
}

function Line({ link, placing: { nodes, box }, path }: LineProps) {
  const from = nodes.get(link.from);
  const to = nodes.get(link.to);
  if (!from || !to) return null;
  const on = path === null || (path.has(link.from) && path.has(link.to));
  return (
    <path
      className={styles.link}
      data-kind={link.kind}
      data-state={link.state}
      data-apart={!on || undefined}
      d={curve(from, to, nodes.values(), box)}
      markerEnd={link.kind === 'lit' ? `url(#arrow-${link.state})` : undefined}
    />
  );
}

interface BoxProps {
  at: Placed;
  size: BoxSize;
  node: Node;
  cause: boolean;
  chosen: boolean;
  apart: boolean;
  stop: boolean;
  onChoose: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
  element: (element: HTMLButtonElement | null) => void;
}

function Box({
  at,
  size,
  node,
  cause,
  chosen,
  apart,
  stop,
  onChoose,
  onKeyDown,
  element,
}: BoxProps) {
  const { service, state } = node;
  const calm = state === 'operational';
  return (
    <button
      ref={element}
      type="button"
      className={styles.box}
      data-state={state}
      data-cause={cause || undefined}
      data-apart={apart || undefined}
      aria-pressed={chosen}
      tabIndex={stop ? 0 : -1}
      style={{
        left: at.x + margin,
        top: at.y + head + margin,
        width: size.width,
        height: size.height,
      }}
      onClick={onChoose}
      onKeyDown={onKeyDown}
    >
      <StatusMark state={state} />
      <span className={styles.name} title={service.name}>
        {service.name}
      </span>
      <span className={styles.word}>
        {calm ? (
          <>
            {isComponent(at.id) ? 'Public' : `Tier ${service.tier}`}
            <span className="visually-hidden">, {stateWords[state]}</span>
          </>
        ) : (
          stateWords[state]
        )}
        {cause && <span className="visually-hidden">, the cause</span>}
        {service.flapping && ', flapping'}
      </span>
    </button>
  );
}
