export { type ArticleGiven, articles, editArticle, publishArticle, withdrawArticle, writeArticle } from './articles.ts';
export { messages as publicationMessages } from './messages/index.ts';
export { type AtAddress, digestOf, type NewPublication, publicationAt, publish, withdraw } from './publish.ts';
export {
  type Article,
  type ArticleKind,
  article,
  livePublications,
  type ManifestEntry,
  type Publication,
  publicationById,
  publicationsOf,
  publicationsShowing,
} from './queries.ts';
