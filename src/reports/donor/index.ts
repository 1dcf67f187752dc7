export { csv, evidenceCsv, figuresCsv } from './csv.ts';
export { type Labels, labelsFor, pseudonym } from './labels.ts';
export { messages as donorMessages } from './messages/index.ts';
export { changeText, DonorReportBody, valueText, varianceText } from './Report.tsx';
export { type DonorLine, type DonorReport, type DonorRequest, donorReport } from './report.ts';
