import {
  Bell,
  Database,
  Info,
  Keyboard,
  Languages,
  Lock,
  MonitorSmartphone,
  Palette,
  UserRound,
} from 'lucide-react';
import type { ComponentType } from 'react';
import type { SettingsSection, TextKey } from '../../platform/index.ts';
import { AboutSection } from './AboutSection.tsx';
import { AppearanceSection } from './AppearanceSection.tsx';
import { DevicesSection } from './account/DevicesSection.tsx';
import { KeyboardSection } from './KeyboardSection.tsx';
import { LanguageSection } from './LanguageSection.tsx';
import { NotificationsSection } from './notifications/NotificationsSection.tsx';
import { PrivacySection } from './privacy/PrivacySection.tsx';
import { ProfileSection } from './account/ProfileSection.tsx';
import { StorageSection } from './StorageSection.tsx';

interface Section {
  readonly title: TextKey;
  readonly icon: typeof Bell;
  readonly Content: ComponentType;
}

/** What each part of the settings is called and shows. */
export const SECTIONS: Record<SettingsSection, Section> = {
  profile: { title: 'settings.profile', icon: UserRound, Content: ProfileSection },
  devices: { title: 'settings.devices', icon: MonitorSmartphone, Content: DevicesSection },
  notifications: { title: 'settings.notifications', icon: Bell, Content: NotificationsSection },
  privacy: { title: 'settings.privacy', icon: Lock, Content: PrivacySection },
  appearance: { title: 'settings.appearance', icon: Palette, Content: AppearanceSection },
  language: { title: 'settings.language', icon: Languages, Content: LanguageSection },
  storage: { title: 'settings.storage', icon: Database, Content: StorageSection },
  keyboard: { title: 'settings.keyboard', icon: Keyboard, Content: KeyboardSection },
  about: { title: 'settings.about', icon: Info, Content: AboutSection },
};
