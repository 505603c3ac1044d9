export { Components } from './Components';
export { PageAside } from './PageAside';
export { NewPage } from './PageForm';
export { PageList } from './PageList';
export { pageQuery } from './queries';
export { Subscribers } from './Subscribers';
