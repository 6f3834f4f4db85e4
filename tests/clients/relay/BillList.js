import { graphql } from 'react-relay';

export const bills = graphql`
  fragment BillList_query on Query
  @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" })
  @refetchable(queryName: "BillListPageQuery") {
    bills(first: $first, after: $after) @connection(key: "BillList_bills") {
      edges {
        node {
          billNo
          item
          student {
            name
          }
        }
      }
    }
  }
`;

export const page = graphql`
  query BillListQuery {
    ...BillList_query
  }
`;
