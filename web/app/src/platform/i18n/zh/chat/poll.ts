import type { Texts } from '../../index.ts';
import type { poll as english } from '../../en/chat/poll.ts';

export const poll: Texts<typeof english> = {
  'poll.anonymous': '匿名投票',
  'poll.public': '投票',
  'poll.several': '可多选',
  'poll.closed': '已结束',
  'poll.until': '截至 {when}',
  'poll.vote': '投票',
  'poll.retract': '撤回我的投票',
  'poll.showVoters': '查看投票',
  'poll.close': '结束投票',
  'poll.closeAsk': '结束此投票？',
  'poll.closeText': '之后将无法再投票，也无法重新开启。',
  'poll.nobody': '还没有人',
  'poll.more': '显示更多',
  'poll.voters': { other: '{n} 人投票' },
  'poll.votes': { other: '{n} 票' },
};
