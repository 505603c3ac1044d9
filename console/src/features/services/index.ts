export { serviceQuery } from './queries';
export { ServiceAside } from './ServiceAside';
export { ServiceScreen } from './ServiceScreen';
export { ServiceVerbs } from './ServiceVerbs';
