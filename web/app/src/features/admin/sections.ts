import {
  Flag,
  Gauge,
  ScrollText,
  SlidersHorizontal,
  Smile,
  Sticker,
  Ticket,
  UserRound,
  UsersRound,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { t } from '../../platform/index.ts';
import { AuditSection } from './audit/AuditSection.tsx';
import { EmojiSection } from './expressions/EmojiSection.tsx';
import { StickersSection } from './expressions/StickersSection.tsx';
import { GroupsSection } from './groups/GroupsSection.tsx';
import { InvitesSection } from './invites/InvitesSection.tsx';
import { OverviewSection } from './overview/OverviewSection.tsx';
import { ReportsSection } from './reports/ReportsSection.tsx';
import { SettingsSection } from './settings/SettingsSection.tsx';
import { UsersSection } from './users/UsersSection.tsx';

export interface SectionProps {
  /** What of the section is open, by the address. */
  id: string | undefined;
}

interface Section {
  readonly name: string;
  title(): string;
  readonly Icon: typeof Flag;
  readonly Section: ComponentType<SectionProps>;
}

/** The parts of the administration, in the order of their list. */
export const SECTIONS: readonly [Section, ...Section[]] = [
  { name: 'overview', title: () => t('admin.overview'), Icon: Gauge, Section: OverviewSection },
  { name: 'users', title: () => t('admin.users'), Icon: UserRound, Section: UsersSection },
  { name: 'invites', title: () => t('admin.invites'), Icon: Ticket, Section: InvitesSection },
  { name: 'groups', title: () => t('admin.groups'), Icon: UsersRound, Section: GroupsSection },
  { name: 'reports', title: () => t('admin.reports'), Icon: Flag, Section: ReportsSection },
  { name: 'stickers', title: () => t('expressions.stickers'), Icon: Sticker, Section: StickersSection },
  { name: 'emoji', title: () => t('expressions.customEmoji'), Icon: Smile, Section: EmojiSection },
  { name: 'audit', title: () => t('admin.audit'), Icon: ScrollText, Section: AuditSection },
  { name: 'settings', title: () => t('admin.settings'), Icon: SlidersHorizontal, Section: SettingsSection },
];
