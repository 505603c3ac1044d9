export { Account } from './account/Account';
export { ChannelList } from './channels/ChannelList';
export { PeopleList } from './people/PeopleList';
export { OpeningRule } from './rules/OpeningRule';
export { LookOnly, SectionTabs, useSections } from './Sections';
export { ServiceList } from './services/ServiceList';
export { TeamList } from './teams/TeamList';
export { TokenList } from './tokens/TokenList';
