declare module "*.css" {
  const text: string;
  export default text;
}

/** Made by the build from `icons.json`: the path of each Material Symbol that is used. */
declare module "icons:paths" {
  const paths: Readonly<Record<string, string>>;
  export default paths;
}
