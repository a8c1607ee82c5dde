// Our own small icon set: 20 px grid, 1.5 px strokes, round ends. Icons are decoration beside a
// label, or sit in an IconButton that carries the name; so all are hidden from assistive technology.
import type { JSX, ReactNode } from 'react';

export interface IconProps {
  readonly size?: number;
  readonly className?: string;
}

export type Icon = (props: IconProps) => JSX.Element;

function icon(shape: ReactNode): Icon {
  return function DrawnIcon({ size = 20, className }) {
    return (
      <svg
        width={size}
        height={size}
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        focusable="false"
        className={className}
      >
        {shape}
      </svg>
    );
  };
}

export const PlusIcon = icon(<path d="M10 4.5v11M4.5 10h11" />);
export const MinusIcon = icon(<path d="M4.5 10h11" />);
export const CloseIcon = icon(<path d="m5.5 5.5 9 9m0-9-9 9" />);
export const CheckIcon = icon(<path d="m4.5 10.5 3.5 3.5 7.5-8" />);
export const ChevronDownIcon = icon(<path d="m6 8 4 4 4-4" />);
export const ChevronUpIcon = icon(<path d="m6 12 4-4 4 4" />);
export const ChevronLeftIcon = icon(<path d="m12 6-4 4 4 4" />);
export const ChevronRightIcon = icon(<path d="m8 6 4 4-4 4" />);
export const ArrowLeftIcon = icon(<path d="M16 10H4m5-5-5 5 5 5" />);
export const ArrowRightIcon = icon(<path d="M4 10h12m-5-5 5 5-5 5" />);
export const ArrowUpIcon = icon(<path d="M10 16V4M5 9l5-5 5 5" />);
export const ArrowDownIcon = icon(<path d="M10 4v12m5-5-5 5-5-5" />);
export const MoreIcon = icon(
  <>
    <circle cx="4.75" cy="10" r="1.1" fill="currentColor" stroke="none" />
    <circle cx="10" cy="10" r="1.1" fill="currentColor" stroke="none" />
    <circle cx="15.25" cy="10" r="1.1" fill="currentColor" stroke="none" />
  </>,
);
export const GripIcon = icon(
  <>
    <circle cx="7.5" cy="5.5" r="1" fill="currentColor" stroke="none" />
    <circle cx="12.5" cy="5.5" r="1" fill="currentColor" stroke="none" />
    <circle cx="7.5" cy="10" r="1" fill="currentColor" stroke="none" />
    <circle cx="12.5" cy="10" r="1" fill="currentColor" stroke="none" />
    <circle cx="7.5" cy="14.5" r="1" fill="currentColor" stroke="none" />
    <circle cx="12.5" cy="14.5" r="1" fill="currentColor" stroke="none" />
  </>,
);
export const TrashIcon = icon(
  <path d="M3.5 5.5h13M8 5.5V4a1 1 0 0 1 1-1h2a1 1 0 0 1 1 1v1.5m3 0-.7 10a1.5 1.5 0 0 1-1.5 1.5H7.2a1.5 1.5 0 0 1-1.5-1.5L5 5.5m3.5 3.5v4.5m3-4.5v4.5" />,
);
export const PencilIcon = icon(
  <path d="M4 16l.8-3.4L13.2 4.2a1.4 1.4 0 0 1 2 0l.6.6a1.4 1.4 0 0 1 0 2L7.4 15.2 4 16Zm7.6-10.2 2.6 2.6" />,
);
export const UndoIcon = icon(<path d="M7.5 4.5 4 8l3.5 3.5M4 8h7.5a4.5 4.5 0 0 1 0 9H9" />);
export const RedoIcon = icon(<path d="M12.5 4.5 16 8l-3.5 3.5M16 8H8.5a4.5 4.5 0 0 0 0 9H11" />);
export const SearchIcon = icon(
  <>
    <circle cx="9" cy="9" r="5.25" />
    <path d="m13 13 3.75 3.75" />
  </>,
);
export const FilterIcon = icon(<path d="M3.5 5.5h13M6 10h8m-5 4.5h2" />);
export const EyeIcon = icon(
  <>
    <path d="M2.5 10S5 4.75 10 4.75 17.5 10 17.5 10 15 15.25 10 15.25 2.5 10 2.5 10Z" />
    <circle cx="10" cy="10" r="2.25" />
  </>,
);
export const EyeOffIcon = icon(
  <path d="M8 5c.6-.2 1.3-.3 2-.3 5 0 7.5 5.3 7.5 5.3s-.7 1.4-2 2.8m-2.3 1.7c-.9.4-2 .75-3.2.75C5 15.25 2.5 10 2.5 10s1-2 2.9-3.6M8.4 8.4a2.25 2.25 0 0 0 3.2 3.2M3.5 3.5l13 13" />,
);
export const ListIcon = icon(
  <path d="M7.500 5.500h9M7.500 10h9m-9 4.500h9M4 5.500v.01M4 10v.01M4 14.500v.01" />,
);
export const GridIcon = icon(
  <>
    <rect x="3.5" y="3.5" width="13" height="13" rx="2" />
    <path d="M3.5 8h13M8.5 8v8.5M12.5 8v8.5" />
  </>,
);
export const ShareIcon = icon(
  <path d="M10 12.5V3m0 0L6.5 6.5M10 3l3.5 3.5M4 11.5v4A1.5 1.5 0 0 0 5.5 17h9a1.5 1.5 0 0 0 1.5-1.5v-4" />,
);
export const LinkIcon = icon(
  <path d="M8.5 11.5a3 3 0 0 0 4.24 0l2.64-2.64a3 3 0 0 0-4.24-4.24L10 5.75m1.5 2.75a3 3 0 0 0-4.24 0l-2.64 2.64a3 3 0 0 0 4.24 4.24L10 14.25" />,
);
export const CopyIcon = icon(
  <>
    <rect x="7" y="7" width="9.5" height="9.5" rx="2" />
    <path d="M13 7V5.5a2 2 0 0 0-2-2H5.5a2 2 0 0 0-2 2V11a2 2 0 0 0 2 2H7" />
  </>,
);
export const DownloadIcon = icon(
  <path d="M10 3v9.5m0 0L6.5 9M10 12.5 13.5 9M4 13v2.5A1.5 1.5 0 0 0 5.5 17h9a1.5 1.5 0 0 0 1.5-1.5V13" />,
);
export const UploadIcon = icon(
  <path d="M10 13V3.5m0 0L6.5 7M10 3.5 13.5 7M4 13v2.5A1.5 1.5 0 0 0 5.5 17h9a1.5 1.5 0 0 0 1.5-1.5V13" />,
);
export const SunIcon = icon(
  <>
    <circle cx="10" cy="10" r="3.25" />
    <path d="M10 2.5v1.25M10 16.25v1.25M2.5 10h1.25M16.25 10h1.25M4.7 4.7l.9.9m8.8 8.800.9.9m0-10.6-.9.9m-8.8 8.8-.9.9" />
  </>,
);
export const MoonIcon = icon(
  <path d="M16.5 11.6A6.75 6.75 0 0 1 8.4 3.5a6.75 6.75 0 1 0 8.1 8.1Z" />,
);
export const MonitorIcon = icon(
  <>
    <rect x="2.75" y="3.75" width="14.5" height="10" rx="1.75" />
    <path d="M7.5 16.75h5M10 13.75v3" />
  </>,
);
export const PeopleIcon = icon(
  <>
    <circle cx="7.5" cy="7" r="2.75" />
    <path d="M2.5 16c.3-2.7 2.3-4.25 5-4.25s4.7 1.55 5 4.25m.25-11.6a2.75 2.75 0 0 1 0 5.2m2 2.65c1.600.55 2.6 1.9 2.75 3.75" />
  </>,
);
export const CommentIcon = icon(
  <path d="M10 3.5c4 0 7 2.6 7 6s-3 6-7 6c-.8 0-1.6-.1-2.3-.3L4 16.75l.9-3C3.7 12.6 3 11.1 3 9.5c0-3.4 3-6 7-6Z" />,
);
export const CloudOffIcon = icon(
  <path d="M7.5 5.6A4.5 4.5 0 0 1 14.3 8a3.5 3.5 0 0 1 2.45 5.7M13.5 15h-8A3.5 3.5 0 0 1 5.3 8M3.5 3.5l13 13" />,
);
export const AlertIcon = icon(
  <path d="M10 7.5v3.25M10 13.5v.01M8.7 3.7 2.7 14.25A1.5 1.5 0 0 0 4 16.5h12a1.5 1.5 0 0 0 1.3-2.25L11.3 3.7a1.5 1.5 0 0 0-2.6 0Z" />,
);
export const InfoIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 9.25v4M10 6.5v.01" />
  </>,
);
export const KeyIcon = icon(
  <>
    <circle cx="7" cy="13" r="3.5" />
    <path d="m9.5 10.5 6.5-6.5m-2.5 2.5 2 2" />
  </>,
);
export const FlagIcon = icon(<path d="M5 17V3.5m0 .5c4-2 6 2 10.5 0v7.5c-4.5 2-6.5-2-10.5 0" />);
export const CompareIcon = icon(
  <path d="M3 4h5.500v12H3zM11.500 4H17v12h-5.500zM5 7.500h1.500M5 10.500h1.500M13.500 7.500H15M13.500 10.500H15M13.500 13.500H15" />,
);
export const SwapIcon = icon(<path d="M3.500 7h12m-3-3 3 3-3 3M16.500 13h-12m3-3-3 3 3 3" />);
export const CalendarIcon = icon(
  <>
    <rect x="3" y="4.5" width="14" height="12.5" rx="2" />
    <path d="M3 8.5h14M7 2.75V6m6-3.25V6" />
  </>,
);
export const PrintIcon = icon(
  <path d="M6 7.5V3h8v4.5M6 14.5H4.5A1.5 1.5 0 0 1 3 13V9a1.5 1.5 0 0 1 1.5-1.5h11A1.5 1.5 0 0 1 17 9v4a1.5 1.5 0 0 1-1.5 1.5H14M6 12h8v5H6v-5Z" />,
);
export const ReportIcon = icon(
  <path d="M5 3h7l3.5 3.5V17H5V3Zm7 0v3.5h3.5M7.5 13.5l2-3 1.500 1.5 2-3" />,
);
export const PresentIcon = icon(
  <path d="M3 4h14M4.500 4v9h11V4M10 13v2m-3 2.500 3-2.500 3 2.500M8.500 6.500v4l3.500-2-3.500-2Z" />,
);
export const FullscreenIcon = icon(
  <path d="M12 3.500h4.500V8m0-4.500-5 5M8 16.500H3.500V12m0 4.500 5-5" />,
);
export const ExitFullscreenIcon = icon(<path d="M16.5 8H12V3.5M12 8l5-5M3.5 12H8v4.5M8 12l-5 5" />);
export const ZoomInIcon = icon(
  <>
    <circle cx="9" cy="9" r="5.25" />
    <path d="m13 13 3.75 3.75M9 6.75v4.5M6.75 9h4.5" />
  </>,
);
export const ZoomOutIcon = icon(
  <>
    <circle cx="9" cy="9" r="5.25" />
    <path d="m13 13 3.75 3.75M6.75 9h4.5" />
  </>,
);
export const FitIcon = icon(<path d="M3.5 7.5v-4h4m5 0h4v4m0 5v4h-4m-5 0h-4v-4" />);
export const PlayIcon = icon(
  <path d="M6.5 4.2v11.6c0 .6.65 1 1.200.65l8.8-5.8a.8.8 0 0 0 0-1.3l-8.8-5.8a.8.8 0 0 0-1.200.65Z" />,
);
export const PauseIcon = icon(<path d="M7.25 4.75v10.5m5.5-10.5v10.5" />);
export const SkipBackIcon = icon(
  <path d="M5 4.75v10.5M15 5.4v9.200c0 .5-.55.8-.95.5L8 10.600a.75.75 0 0 1 0-1.200l6.050-4.500c.4-.3.95 0 .95.5Z" />,
);
export const SkipForwardIcon = icon(
  <path d="M15 4.75v10.5M5 5.4v9.200c0 .5.55.8.95.5L12 10.600a.75.75 0 0 0 0-1.200L5.950 4.900c-.4-.3-.95 0-.95.5Z" />,
);
export const HistoryIcon = icon(
  <>
    <path d="M3.400 8.500A7 7 0 1 1 3 10.500M3.400 4.500v4h4" />
    <path d="M10 6.500V10l2.500 1.750" />
  </>,
);
export const ClockIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M10 6v4.25l2.75 1.75" />
  </>,
);
export const LockIcon = icon(
  <>
    <rect x="4.5" y="9" width="11" height="8" rx="2" />
    <path d="M7 9V6.500a3 3 0 0 1 6 0V9" />
  </>,
);
/** A list that is run through. */
export const FacilitateIcon = icon(
  <path d="M3.5 5v.01M3.5 10v.01M3.5 15v.01M7 5h9.5M7 10h3.5M7 15h3.5m4-4.75v5.5l4-2.75-4-2.75Z" />,
);
export const SmileIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M7.25 11.75c.6 1 1.6 1.6 2.75 1.6s2.15-.6 2.75-1.6M7.75 7.75v.01M12.25 7.75v.01" />
  </>,
);
export const BoltIcon = icon(<path d="m11 2.75-6.5 8.5h5l-.5 6 6.5-8.5h-5l.5-6Z" />);
export const PulseIcon = icon(<path d="M2.75 10.5h3.5l2-5 3.5 9 2-4h3.5" />);
export const BulbIcon = icon(
  <path d="M8 15h4m-3.5 2.25h3M10 2.75a5 5 0 0 0-3 9c.6.45 1 1.15 1 1.9V15h4v-1.35c0-.75.4-1.45 1-1.9a5 5 0 0 0-3-9Z" />,
);
export const SignOutIcon = icon(
  <path d="M8 3.5H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.5h3M8 10h8.5m-3-3.25L16.75 10l-3.25 3.25" />,
);
export const HandIcon = icon(
  <path d="M6.5 11V5.25a1.25 1.25 0 0 1 2.5 0V9.5M9 9V3.75a1.25 1.25 0 0 1 2.5 0V9m0 0V4.75a1.25 1.25 0 0 1 2.5 0V10M14 9.5V7.25a1.25 1.25 0 0 1 2.5 0V12a5.25 5.25 0 0 1-5.25 5.25h-.6c-1.8 0-3.1-.7-4.1-2.1l-2.6-3.7a1.2 1.2 0 0 1 1.9-1.45l.95 1.15" />,
);
export const QrIcon = icon(
  <path d="M3.5 3.5h5v5h-5zm8 0h5v5h-5zm-8 8h5v5h-5zm2.5-5.5v.01m8 0v.01m-8 7.99v.01M11.5 11.5h2v2h-2zm3 3h2v2h-2zm2-3v.01m-5 4.99v.01" />,
);
export const ParkIcon = icon(
  <>
    <rect x="3" y="3" width="14" height="14" rx="3" />
    <path d="M8 14V6h2.75a2.5 2.5 0 0 1 0 5H8" />
  </>,
);
/** Everyone to one place. */
export const GatherIcon = icon(
  <>
    <circle cx="10" cy="10" r="1.75" />
    <path d="M3.5 3.5 7 7m0-2.75V7H4.25M16.5 3.5 13 7m0-2.75V7h2.75M3.5 16.5 7 13m0 2.75V13H4.25M16.5 16.5 13 13m0 2.75V13h2.75" />
  </>,
);
/** Behind somebody, wherever they go. */
export const FollowIcon = icon(
  <>
    <circle cx="10" cy="10" r="3" />
    <path d="M10 2.75v2M10 15.25v2M2.75 10h2m10.5 0h2" />
    <circle cx="10" cy="10" r="6" />
  </>,
);

/** The mark: three stones on top of one another. Filled, unlike the icons. */
export function CairnMark({ size = 28 }: { readonly size?: number }): JSX.Element {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <g fill="var(--on-accent)">
        <rect x="6" y="21" width="20" height="5.6" rx="2.8" />
        <rect x="8.6" y="14" width="13.6" height="5.4" rx="2.7" />
        <rect x="12" y="7.4" width="9.2" height="5" rx="2.5" />
      </g>
    </svg>
  );
}
