// One page a leader reads in two minutes: what the map is about, how it feels, where it is worst, what could be done, and how much
// of it is known. It follows the map while others edit, prints on A4 and A3, and goes out as Markdown.
import type { JSX } from 'react';
import { reportMarkdown } from '../../model/markdown';
import { isBlank, type Report } from '../../model/report';
import type { EmotionRoundView } from '../../wire/channel';
import { useClosedEmotionRounds } from '../feelings/use-feelings';
import { useBoard } from '../map/use';
import { copyText } from '../mappage/copy';
import { present } from '../present/begin';
import { mapPath } from '../router';
import { fileTitle, saveText } from '../save-file';
import { Button, CopyIcon, DownloadIcon, PresentIcon, PrintIcon, toast } from '../ui';
import { BlankReport } from './BlankReport';
import { Knowledge } from './Knowledge';
import { Moments } from './Moments';
import { ReportHead } from './ReportHead';
import { RoomFelt } from './RoomFelt';
import './report.css';
import './tables.css';
import { Details } from './Details';
import { Ranked } from './Ranked';
import { Voted } from './Voted';
import './report-print.css';
import { useChangesSinceReview } from './use-changes';
import { useReport } from './use-report';

export function ReportScreen(): JSX.Element {
  const { connection } = useBoard();
  const report = useReport(useChangesSinceReview());
  const [felt] = useClosedEmotionRounds();
  if (isBlank(report)) return <BlankReport report={report} />;
  return (
    <div className="report-screen">
      <Actions report={report} felt={felt} map={connection.mapId} />
      <article className="report" aria-label="Report">
        <ReportHead report={report} />
        <Moments report={report} />
        <RoomFelt round={felt} />
        <Ranked report={report} />
        <Voted report={report} />
        <Details report={report} />
        <Knowledge report={report} map={connection.mapId} />
        <footer className="report__foot">
          <span>Cairn</span>
          <span>{location.origin + mapPath(connection.mapId)}</span>
        </footer>
      </article>
    </div>
  );
}

function Actions({
  report,
  felt,
  map,
}: {
  readonly report: Report;
  readonly felt: EmotionRoundView | undefined;
  readonly map: string;
}): JSX.Element {
  return (
    <div className="report-actions" role="toolbar" aria-label="Report">
      <Button icon={PrintIcon} variant="primary" size="s" onPress={() => window.print()}>
        Print or save as PDF
      </Button>
      <Button icon={CopyIcon} size="s" onPress={() => void copy(reportMarkdown(report, felt))}>
        Copy as Markdown
      </Button>
      <Button
        icon={DownloadIcon}
        size="s"
        onPress={() =>
          saveText(
            reportMarkdown(report, felt),
            'text/markdown',
            `${fileTitle(report.title, map)}.report.md`,
          )
        }
      >
        Download Markdown
      </Button>
      <Button icon={PresentIcon} size="s" onPress={() => present(map)}>
        Present
      </Button>
    </div>
  );
}

async function copy(markdown: string): Promise<void> {
  if (await copyText(markdown)) {
    toast({ title: 'The report is on the clipboard', detail: 'As Markdown', tone: 'good' });
  } else {
    toast({
      title: 'This browser did not let the page copy',
      detail: 'Download the Markdown file instead.',
      tone: 'bad',
    });
  }
}
