export { Graph } from './Graph';
