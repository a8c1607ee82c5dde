// The shared look: everything a screen is built from.
export * from './Announcer';
export * from './Avatar';
export * from './Badge';
export * from './Button';
export * from './CheckList';
export * from './Choice';
export * from './ColorChoice';
export * from './Dialog';
export * from './EmptyState';
export * from './FormDialog';
export * from './Hint';
export * from './icons';
export * from './Menu';
export * from './person';
export * from './SureDialog';
export * from './TextField';
export * from './Toast';
