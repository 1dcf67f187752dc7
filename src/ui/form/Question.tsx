import { Attachment } from './controls/Attachment.tsx';
import { Barcode } from './controls/Barcode.tsx';
import { Choices } from './controls/Choice.tsx';
import { Acknowledge, Note, Unsupported } from './controls/Mark.tsx';
import { Moment } from './controls/Moment.tsx';
import { Place } from './controls/Place.tsx';
import { Range } from './controls/Range.tsx';
import { Rank } from './controls/Rank.tsx';
import { NumberField, Text } from './controls/Text.tsx';
import type { ControlProps } from './Frame.tsx';

/** One question with the control that its type and appearance ask for. */
export function Question(props: ControlProps) {
  const { control, dataType, choices } = props.node;
  switch (control) {
    case 'note':
      return <Note {...props} />;
    case 'trigger':
      return <Acknowledge {...props} />;
    case 'select1':
    case 'select':
      return <Choices {...props} />;
    case 'rank':
      return <Rank {...props} />;
    case 'range':
      return <Range {...props} />;
    case 'upload':
      return <Attachment {...props} />;
    case 'input':
      break;
  }
  if (choices.length > 0) return <Choices {...props} />;
  switch (dataType) {
    case 'int':
    case 'decimal':
      return <NumberField {...props} />;
    case 'date':
    case 'time':
    case 'dateTime':
      return <Moment {...props} />;
    case 'geopoint':
      return <Place {...props} />;
    case 'barcode':
      return <Barcode {...props} />;
    case 'geotrace':
    case 'geoshape':
      return <Unsupported {...props} />;
    default:
      return <Text {...props} />;
  }
}
