/** Choosing and sending pictures, videos, voice messages and files. */
export const files = {
  'files.shoot': 'Take photo',
  'files.cameraDenied':
    'The browser does not let this page use the camera. Allow it beside the address, then try again.',
  'files.cameraMissing': 'No camera was found, or another program is using it.',
  'files.sendPhotos': { one: 'Send photo', other: 'Send {n} photos' },
  'files.sendVideos': { one: 'Send video', other: 'Send {n} videos' },
  'files.sendFiles': { one: 'Send file', other: 'Send {n} files' },
  'files.caption': 'Caption',
  'files.asFiles': 'Send as files',
  'files.asFilesHint': 'Nothing is changed about them, and they are not shown in the chat.',
  'files.more': 'Add more',
  'files.remove': 'Leave out {name}',
  'files.looking': 'Looking at the files',
  'files.large': 'At most {size}',
  'files.many': {
    one: 'A message holds {max} at most: {n} was left out.',
    other: 'A message holds {max} at most: {n} were left out.',
  },
  'files.quota':
    'Your files may take up {all}, and {left} of it is left. Recall messages with files you no longer need, or send less.',
  'files.uploading': '{sent} of {all}',
  'files.progress': 'How much of it is sent',
  'files.voice': 'Voice message',
  'files.waiting': 'Waiting to be sent',
  'files.cancel': 'Cancel sending',
  'files.choose': 'Choose again',
  'files.notThat': 'That is another file. Choose {name}.',
  'files.asFile': 'Send as file',
  'voice.asking': 'Waiting for the microphone',
  'voice.cancel': 'Delete the recording',
  'voice.slide': 'Slide to cancel',
  'voice.stop': 'Stop and listen',
  'voice.denied':
    'The browser does not let this page use the microphone. Allow it beside the address, then try again.',
  'voice.missing': 'No microphone was found, or another program is using it.',
  'voice.insecure': 'Browsers record on secure addresses (https) only.',
} as const;
