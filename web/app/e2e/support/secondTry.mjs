/** What a journey's diagnostic begins with when it is tried again; its title follows. */
export const SECOND_TRY = 'second try: ';
