export { serviceQuery } from './queries';
export { ServiceAside } from './ServiceAside';
export { ServiceScreen } from './ServiceScreen';
export { ServiceVerbs, useMuting } from './ServiceVerbs';
