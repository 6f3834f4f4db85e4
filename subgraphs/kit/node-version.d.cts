/** What is wrong with a version of Node, if anything. */
export declare function nodeProblem(version: string): string | undefined;
