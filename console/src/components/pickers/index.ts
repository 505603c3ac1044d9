export { PickMany } from './PickMany';
export { type Pickable, PickOne } from './PickOne';
